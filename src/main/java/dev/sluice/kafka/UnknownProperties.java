package dev.sluice.kafka;

import dev.sluice.config.KafkaOptions;
import dev.sluice.config.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Client properties that no client knows. Kafka passes over them in silence, so a misspelt one
 * leaves a job unprotected; a plug-in may know them nevertheless, so they are warned of and not
 * refused.
 */
public final class UnknownProperties {
  private static final Set<String> SOURCE = source();
  private static final Set<String> SINKS = sinks();
  private static final Set<String> ADMIN = Set.copyOf(AdminClientConfig.configNames());
  private static final Set<String> ALL = all();

  /** What users and their plug-ins may name as they like. */
  private static final String PROVIDERS = "config.providers";

  private UnknownProperties() {}

  private static Set<String> source() {
    Set<String> names = new TreeSet<>(ConsumerConfig.configNames());
    for (ConfigOption<?> option :
        List.of(
            KafkaSourceOptions.CLIENT_ID_PREFIX,
            KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS,
            KafkaSourceOptions.REGISTER_KAFKA_CONSUMER_METRICS,
            KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT,
            SourceReaderOptions.ELEMENT_QUEUE_CAPACITY,
            SourceReaderOptions.SOURCE_READER_CLOSE_TIMEOUT)) {
      names.add(option.key());
    }
    return names;
  }

  private static Set<String> sinks() {
    Set<String> names = new TreeSet<>(ProducerConfig.configNames());
    names.addAll(List.of("flink.disable-metrics", "register.producer.metrics")); // Flink's own
    return names;
  }

  private static Set<String> all() {
    Set<String> names = new TreeSet<>(SOURCE);
    names.addAll(SINKS);
    names.addAll(ADMIN);
    return names;
  }

  /**
   * Returns one line per property that the clients that get it do not know; values are not shown.
   */
  public static List<String> warnings(KafkaOptions kafka) {
    List<String> lines = new ArrayList<>();
    add(lines, ClientSide.ANY, kafka, ALL);
    add(lines, ClientSide.SOURCE, kafka, SOURCE);
    add(lines, ClientSide.SINKS, kafka, SINKS);
    return lines;
  }

  private static void add(
      List<String> lines, ClientSide side, KafkaOptions kafka, Set<String> known) {
    for (Map.Entry<String, String> property : new TreeMap<>(side.properties(kafka)).entrySet()) {
      String name = property.getKey();
      boolean general = property.getValue().equals(kafka.properties().get(name));
      if (!known.contains(name)
          && !name.startsWith(PROVIDERS)
          && (side == ClientSide.ANY || !general)) {
        lines.add(
            "%s is no property of %s, expected perhaps %s; it is passed on"
                .formatted(
                    side.option(kafka, name),
                    clients(side),
                    NearestName.of(name, known).orElseThrow()));
      }
    }
  }

  private static String clients(ClientSide side) {
    return switch (side) {
      case SOURCE -> "Kafka's consumer";
      case SINKS -> "Kafka's producer";
      case ANY -> "any Kafka client";
    };
  }

  /** Returns whether a client of a side knows a property that an admin client does not. */
  static boolean isKnownToOthersAlone(String name) {
    return ALL.contains(name) && !ADMIN.contains(name);
  }
}
