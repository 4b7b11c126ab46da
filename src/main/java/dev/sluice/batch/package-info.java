/**
 * Rows → micro-batches, by count, delay and bytes.
 *
 * <p>Takes validated rows, copies them into one reused {@link dev.sluice.record.FeatureBatch} and
 * hands it on when it is full, when its first row has waited long enough, and always before a
 * barrier, a watermark or an idle status passes and at the end of input. So it holds no state that
 * a checkpoint would need. Refuses nothing.
 */
package dev.sluice.batch;
