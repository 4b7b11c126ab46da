/**
 * Distances between two distributions, and verdicts.
 *
 * <pre>
 *   WeightedValues ─► OrderedDistances ─┐
 *   Buckets ───┬──────────▲             ├─► Comparison ─► Measurement per Metric
 *              └────► Cells ────────────┘
 *   ColumnProfile ─► ColumnComparison (both of them)
 *   ColumnProfile ─► DriftDetector ─► ColumnDrift
 * </pre>
 *
 * <p>Each distance is a function of arrays: shares per cell (see {@link dev.sluice.drift.Shares}),
 * counts per cell, or sorted values. The detector takes a baseline's column and the same column of
 * a window; gives the distance with its threshold, its error bound and a verdict; refuses columns
 * that were not counted on the baseline's grid.
 */
package dev.sluice.drift;
