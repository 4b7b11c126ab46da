/**
 * Loops over many numbers, by a processor's wide instructions where there are some: JDK 17's own
 * compiler turns neither conversions nor comparisons nor exact sums into these, but its vector
 * module does. It is incubating, so a JVM has it only when asked for, and everything works without
 * it, too, with the same results bit for bit.
 */
package dev.sluice.wide;
