/**
 * What a data profile is, how it is made and how its statistics merge.
 *
 * <pre>
 *   training data ──► ProfileBuilder ──► DataProfile (baseline) ◄──► DataProfileFile
 *                                            │ grid, scale
 *                                            ▼
 *   FeatureBatch, PredictionBatch ──► ColumnStatistics ──merge──► ColumnProfile (of a window)
 * </pre>
 *
 * <p>Statistics are a function of the multiset of values alone, never of their order: merging the
 * statistics of two parts gives, byte for byte, those of the whole. That is why they are integer
 * counts on a fixed grid, sums of scaled integers, minimum and maximum, and exact value counts with
 * an overflow mark, and no running means or randomised sketches.
 *
 * <p>This package refuses a data profile that is not sound, with one message that says which file,
 * which place, what it got and what it expected. It depends on {@code record} alone.
 */
package dev.sluice.profile;
