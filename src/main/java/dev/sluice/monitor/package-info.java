/**
 * Statistics of inputs and outputs per event-time window.
 *
 * <pre>
 *   malformed, rejected, batches ─► partials per subtask ─keyed─► merge ─► one profile per column, one summary
 *                                        └─ books ─┐
 *   predictions ──────────────────► partials per subtask ─keyed─► merge ─► the same of outputs
 * </pre>
 *
 * <p>Takes feature batches (after batching, before inference), rejected rows and malformed records
 * one by one, and prediction batches. Partial statistics are kept per window of each row's event
 * time, and per segment where asked, and handed on before a barrier, and before a watermark that
 * would close their window, so they need no checkpointed state. What is merged depends on the
 * multiset of rows alone, never on their order, so profiles are the same after a recovery and at
 * any parallelism. A window is published at its end, again while it takes late rows, and as final.
 * Refuses nothing: a row whose window has closed is counted as late.
 */
package dev.sluice.monitor;
