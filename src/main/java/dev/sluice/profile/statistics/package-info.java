/**
 * How values are counted.
 *
 * <p>Statistics are a function of the multiset of values alone, never of their order: merging the
 * statistics of two parts gives, byte for byte, those of the whole. That is why they are integer
 * counts on a fixed grid, sums of scaled integers, minimum and maximum, and exact value counts with
 * an overflow mark, and no running means or randomised sketches.
 */
package dev.sluice.profile.statistics;
