/**
 * Infer: a batch of features becomes a batch of predictions behind the port {@link
 * dev.sluice.infer.Model}.
 *
 * <pre>
 *   FeatureBatch ─► InferFunction ─► PredictionBatch ─► SplitFunction ─► PredictionBatch
 *                        │ Bisection                         │
 *                        ▼                                   ▼
 *                      Model                             DeadLetter (FAILED)
 * </pre>
 *
 * <p>Takes batches whose rows are validated. A row that the model's runtime refuses, takes too long
 * for, or answers with NaN, is marked as failed and leaves as a dead letter; its neighbours keep
 * their predictions. What is no property of rows (a closed session, no memory for a single row, a
 * lost device, a model that answers another number of rows) is thrown and restarts the job. What a
 * cluster's setup lacks is found as the model is loaded, and stops the job without a restart.
 */
package dev.sluice.infer;
