/**
 * The metrics of all stages under one naming rule: what users see is written here and nowhere else.
 *
 * <p>Each operator registers in a group {@value dev.sluice.metric.StageMetrics#GROUP}. A name is of
 * lower case, says what is counted before what became of it ({@code records_read}), and ends in its
 * unit: {@code _total} for what only grows, {@code _seconds}, {@code _bytes}. Labels are groups of
 * key and value, so that each reporter keeps them apart. {@code metrics.md} lists them all.
 */
package dev.sluice.metric;
