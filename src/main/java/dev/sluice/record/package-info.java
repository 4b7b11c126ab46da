/**
 * The values on the arrows of the picture.
 *
 * <pre>
 *   EncodedRecord ─decode─► FeatureRow ─validate─► FeatureRow ─batch─► FeatureBatch
 *        ─infer─► PredictionBatch ─encode─► KafkaMessage          (and everywhere: DeadLetter)
 * </pre>
 *
 * <p>Rows and batches are reused buffers, owned by the stage that fills them: a stage that keeps a
 * value beyond its own call copies it. This package depends on nothing but the JDK.
 */
package dev.sluice.record;
