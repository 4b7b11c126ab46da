/**
 * What the command {@code drift} does: reading two files, comparing them by every metric, and
 * showing what came of it.
 *
 * <pre>
 *   SampleFile ─► Sample ─┐
 *                         ├─► Comparisons ─► DriftText, DriftJson
 *   SampleFile ─► Sample ─┘
 * </pre>
 *
 * <p>A file holds the values of one column, counts, a histogram, or a data profile. What cannot be
 * read, or cannot be compared, is refused with one message that names file and line.
 */
package dev.sluice.cli.drift;
