/**
 * What a data profile is: the statistics of columns, what is expected of them, and how far they are
 * from the baseline.
 *
 * <pre>
 *   training data ──► build ──► DataProfile (baseline) ◄──► file
 *                                    │ grid, scale
 *                                    ▼
 *   FeatureBatch, PredictionBatch ──► statistics ──merge──► ColumnProfile (of a window)
 * </pre>
 *
 * <p>Values only; how they are counted, made and stored is the business of the packages below.
 */
package dev.sluice.profile;
