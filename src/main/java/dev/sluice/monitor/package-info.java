/**
 * Statistics of inputs and outputs per event-time window.
 *
 * <pre>
 *   batches, rejected rows ─► partials per subtask ─keyed─► merge ─► one profile per column, one summary
 * </pre>
 *
 * <p>Takes feature batches (after batching, before inference), rejected rows one by one, and
 * prediction batches. Partial statistics are kept per window of each row's event time and handed on
 * before a barrier, and before a watermark that would close their window, so they need no
 * checkpointed state. What is merged depends on the multiset of rows alone, never on their order,
 * so profiles are the same after a recovery and at any parallelism. Refuses nothing: a row whose
 * window has closed is counted as late.
 */
package dev.sluice.monitor;
