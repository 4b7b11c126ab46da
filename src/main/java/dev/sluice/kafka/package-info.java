/**
 * The endpoints of the job: Kafka topics.
 *
 * <pre>
 *   features ─► FeatureSource ─► EncodedRecord … the stages … KafkaMessage ─► Sinks ─► the other topics
 *                ▲                    Topics: are they all there?
 *          SchemaPrefetch: wait for the records' schemas, in the thread that fetches
 * </pre>
 *
 * <p>Takes and gives bytes: what is in them is the business of {@code decode} and {@code encode}.
 * Refuses, before the job starts, brokers that don't answer and topics that are not there. Client
 * properties are handed to the clients and never logged here.
 */
package dev.sluice.kafka;
