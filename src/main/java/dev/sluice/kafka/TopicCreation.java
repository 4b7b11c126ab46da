package dev.sluice.kafka;

import dev.sluice.config.JobOptions;
import dev.sluice.config.KafkaOptions;
import dev.sluice.config.TopicCreationOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The output topics that are missing. Profiles and alarms are keyed by what they are about, so
 * their topics are compacted and keep the last message of each key; one partition does for them.
 * Predictions and dead letters are deleted with time. The features topic is never created: a new
 * one is empty, and its name likely a mistake.
 */
final class TopicCreation {
  private static final Duration PREDICTIONS = Duration.ofDays(7);
  private static final Duration DEAD_LETTERS = Duration.ofDays(30);

  private TopicCreation() {}

  /**
   * Creates the missing output topics of a job if its options say so.
   *
   * @throws TopicException naming all topics that are missing, or one that cannot be created
   */
  static void require(JobOptions options, Topics source, Topics sinks) {
    if (options.topicCreation().enabled()) {
      List<String> missing = new ArrayList<>();
      String features = options.kafka().featuresTopic();
      Integer partitions = source.find(List.of(features), missing).get(features);
      if (partitions != null) {
        sinks.find(Topics.outputs(options), missing);
        sinks.create(missing.stream().map(name -> topic(name, options, partitions)).toList());
      }
    }
    Topics.require(options, source, sinks);
  }

  /** Returns how an output topic is created. */
  static NewTopic topic(String name, JobOptions options, int featuresPartitions) {
    KafkaOptions kafka = options.kafka();
    TopicCreationOptions creation = options.topicCreation();
    Optional<Duration> retention =
        name.equals(kafka.predictionsTopic())
            ? Optional.of(creation.retention().orElse(PREDICTIONS))
            : name.equals(kafka.deadLettersTopic())
                ? Optional.of(creation.retention().orElse(DEAD_LETTERS))
                : Optional.empty();
    int partitions = retention.isEmpty() ? 1 : creation.partitions().orElse(featuresPartitions);
    Map<String, String> settings = new HashMap<>();
    if (retention.isPresent()) {
      settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.get().toMillis()));
    } else {
      settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    }
    return new NewTopic(
            name, Optional.of(partitions), creation.replication().map(Integer::shortValue))
        .configs(settings);
  }
}
