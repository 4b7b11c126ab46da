/**
 * The endpoints of the job: Kafka topics.
 *
 * <pre>
 *   features ─► FeatureSource ─► EncodedRecord … the stages … KafkaMessage ─► Sinks ─► the other topics
 *                ▲                    KafkaStart: are the topics there, may the logins use them?
 *          SchemaPrefetch: wait for the records' schemas, in the thread that fetches
 * </pre>
 *
 * <p>Takes and gives bytes: what is in them is the business of {@code decode} and {@code encode}.
 * Refuses, before the job starts, brokers that don't answer or don't trust the clients, topics that
 * are not there, and logins without the rights that the job needs: each in one line that names the
 * client and the option to look at. Client properties are handed to the clients and never logged
 * here; references in them to secrets are resolved by the clients alone.
 */
package dev.sluice.kafka;
