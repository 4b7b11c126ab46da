package dev.sluice.kafka;

import dev.sluice.config.JobOptions;
import dev.sluice.config.KafkaOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Checks that each topic takes messages as large as the producers send, and has segments that hold
 * them: else a job could write one that the broker refuses, and would fail on it again after each
 * restart.
 */
final class SizeCheck implements StartCheck {
  private static final String MAX_MESSAGE_BYTES = TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
  private static final String SEGMENT_BYTES = TopicConfig.SEGMENT_BYTES_CONFIG;

  @Override
  public void check(
      JobOptions options,
      Topics source,
      Topics sinks,
      Consumer<String> problem,
      Consumer<String> warning) {
    Map<String, String> topics = topics(options);
    long sent = options.kafka().maxRequestSize();
    Map<String, Map<String, String>> settings = sinks.settings(topics.values());
    topics.forEach(
        (role, topic) -> {
          Map<String, String> told = settings.getOrDefault(topic, Map.of());
          if (!told.containsKey(MAX_MESSAGE_BYTES)) {
            warning.accept(
                ("topics.%s: the broker does not tell the %s of topic %s, expected at least the %d"
                        + " of the producers' max.request.size")
                    .formatted(role, MAX_MESSAGE_BYTES, topic, sent));
          }
          for (String setting : List.of(MAX_MESSAGE_BYTES, SEGMENT_BYTES)) {
            if (told.containsKey(setting) && Long.parseLong(told.get(setting)) < sent) {
              problem.accept(
                  ("topics.%s: topic %s takes messages of at most %s bytes (%s), expected at least"
                          + " the %d of the producers' max.request.size; raise the one, or lower"
                          + " the other by kafka.sink.properties.max.request.size")
                      .formatted(role, topic, told.get(setting), setting, sent));
            }
          }
        });
  }

  /** Returns the topics to which messages are written, by what the job calls them. */
  private static Map<String, String> topics(JobOptions options) {
    KafkaOptions kafka = options.kafka();
    Map<String, String> topics = new LinkedHashMap<>();
    topics.put("predictions", kafka.predictionsTopic());
    topics.put("dead-letters", kafka.deadLettersTopic());
    if (options.profile().enabled()) {
      topics.put("input-profiles", kafka.inputProfilesTopic());
      topics.put("output-profiles", kafka.outputProfilesTopic());
      if (options.alarms().enabled()) {
        topics.put("alarms", kafka.alarmsTopic());
      }
    }
    return topics;
  }
}
