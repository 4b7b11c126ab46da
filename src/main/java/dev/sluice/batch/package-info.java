/**
 * Rows → micro-batches, by count, delay and bytes.
 *
 * <p>Takes validated rows, copies them into one reused {@link dev.sluice.record.FeatureBatch} and
 * hands it on when it is full, when no row has come for a while, when its first row has waited long
 * enough, and always before a barrier, a watermark or an idle status passes and at the end of
 * input. So it holds no state that a checkpoint would need. Under load batches fill up, and how
 * many rows that takes can follow the rows per second that are measured. Refuses nothing.
 */
package dev.sluice.batch;
