/**
 * Reading Parquet without Hadoop: the file, its footer and its packed pages. What is in a page is
 * decoded by Apache's {@code parquet-column}.
 *
 * <pre>
 *   ParquetFile ─► ParquetRecords ─► RowGroupPages ─► ColumnPages ─► PageCodec
 *   footer,        one row after     one per          page by page,  snappy, gzip,
 *   schema         the other         row group        bounded        zstd, lz4
 * </pre>
 *
 * <p>A file is not trusted: lengths and places are held against the file's before anything is
 * allocated, a page has at most {@value dev.sluice.cli.parquet.ColumnPages#MAX_PAGE} bytes, and
 * whatever is wrong is one {@link dev.sluice.cli.parquet.ParquetException}. Of a row group, one
 * page per column is held.
 */
package dev.sluice.cli.parquet;
