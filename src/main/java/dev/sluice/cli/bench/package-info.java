/**
 * Measures a model on this machine: what the command {@code bench-inference} does.
 *
 * <pre>
 *   RandomRows ─► MeasuredModel on the CPU ────► rows/s ┐
 *        │                                              ├─► BenchReport
 *        └──────► MeasuredModel on the device ─► rows/s ┤
 *                          └─► OutputDifference ────────┘
 * </pre>
 *
 * <p>Takes a model package, makes rows for it and refuses those that the model does not answer: a
 * row that fails would be fast for nothing. No Kafka, no Flink, no decoding: only batch to outputs.
 */
package dev.sluice.cli.bench;
