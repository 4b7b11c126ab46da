package dev.sluice.kafka;

import dev.sluice.config.JobOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Refuses a compacted topic for dead letters: a compacted topic takes no message without a key, a
 * dead letter has one only if its record has, and a job whose letter is refused would fail on the
 * same record after each restart. Besides, of two letters with one key the first would be lost.
 */
final class CompactionCheck implements StartCheck {
  private static final String POLICY = TopicConfig.CLEANUP_POLICY_CONFIG;

  @Override
  public void check(
      JobOptions options,
      Topics source,
      Topics sinks,
      Consumer<String> problem,
      Consumer<String> warning) {
    String topic = options.kafka().deadLettersTopic();
    if (isCompacted(sinks, topic)) {
      problem.accept(
          "topics.dead-letters: topic %s is compacted (%s), expected %s=%s: a compacted topic takes no message without a key, and keeps one letter per key"
              .formatted(topic, POLICY, POLICY, TopicConfig.CLEANUP_POLICY_DELETE));
    }
  }

  /** Returns whether a topic is compacted, be it that it deletes as well; false if nobody tells. */
  static boolean isCompacted(Topics topics, String topic) {
    String policy =
        topics.settings(List.of(topic)).getOrDefault(topic, Map.of()).getOrDefault(POLICY, "");
    return Arrays.stream(policy.split(","))
        .map(String::trim)
        .anyMatch(TopicConfig.CLEANUP_POLICY_COMPACT::equals);
  }
}
