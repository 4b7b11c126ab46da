package dev.sluice.kafka;

/**
 * What the brokers told of a job's topics before its start, and the job goes by.
 *
 * @param predictionsAreCompacted whether the topic of predictions is compacted, so that it takes no
 *     message without a key; false where the brokers do not tell
 */
public record TopicFacts(boolean predictionsAreCompacted) {
  /** Nothing was asked. */
  public static final TopicFacts NONE = new TopicFacts(false);
}
