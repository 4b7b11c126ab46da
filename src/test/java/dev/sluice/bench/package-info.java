/**
 * The benchmark: the whole job beside a plain loop without Flink and beside one run of the model
 * per record, all on one broker in its own process, in turn, in one run; and single stages of it
 * alone, and of making a profile. {@code mvn -q -Pbench verify}.
 */
package dev.sluice.bench;
