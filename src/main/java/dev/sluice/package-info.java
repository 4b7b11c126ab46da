/**
 * The job that puts a model behind a Kafka topic: this package wires the stages, each of which is a
 * package of its own, into the picture.
 *
 * <pre>
 *                       features
 *                          │
 *       ┌── malformed ── decode
 *       │                  │
 *       ├── rejected ── validate
 *       │                  │
 *       │                batch ──► monitor ──► input-profiles ───► alarms
 *       │                  │
 *       │                infer
 *       │                  │
 *       ├── failed ───── split ──► monitor ──► output-profiles ──► alarms
 *       ▼                  │
 *  dead-letters          encode
 *                          │
 *                     predictions
 * </pre>
 *
 * <p>{@link dev.sluice.InferenceJob} is the main class, {@link dev.sluice.JobPlanner} reads and
 * checks all that the options name, {@link dev.sluice.InferencePipeline} is the picture as code;
 * sources and sinks are passed in. Counted over distinct topic, partition and offset, the books
 * balance: read = malformed + rejected + predicted + failed.
 */
package dev.sluice;
