/**
 * Scoring a file in this process: what the commands {@code score} and {@code profile} share.
 *
 * <pre>
 *   DataFile ─► InputRows ─► LocalScorer ─► RowOrder ─► ScoredRow ─► PredictionLines
 *   CSV,        Avro         decode,        the file's       │
 *   JSON lines, records      validate,      order            ▼
 *   Parquet,                 batch, infer              Comparison ◄─ ExpectedRows
 *   Avro
 * </pre>
 *
 * <p>Takes a file, plain or gzipped, and a schema: a given one, or the one that a model's signature
 * asks for ({@link dev.sluice.cli.score.ModelSchema}). A row that is no record of the schema is
 * malformed and keeps its place; a file that cannot be read on stops the run. No more than a batch
 * of rows is held. Counted over the file, read = predicted + malformed + rejected + failed.
 */
package dev.sluice.cli.score;
