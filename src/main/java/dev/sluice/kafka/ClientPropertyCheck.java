package dev.sluice.kafka;

import dev.sluice.config.KafkaOptions;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Client properties that the job sets itself, so that a given one would be passed over in silence,
 * and those that would break what the delivery guarantee promises. Asks no broker.
 */
final class ClientPropertyCheck {
  /**
   * One property of a client and what may be said of it.
   *
   * @param key the property
   * @param allows which values do no harm
   * @param expected ends the sentence "…, expected"
   */
  private record Rule(String key, Predicate<String> allows, String expected) {}

  private static final List<Rule> CONSUMER =
      List.of(
          never(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "kafka.bootstrap-servers in its place"),
          never(ConsumerConfig.GROUP_ID_CONFIG, "kafka.group-id in its place"),
          never(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "source.start in its place"),
          never(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, "none: the job decodes"),
          never(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, "none: the job decodes"),
          new Rule(
              ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
              "false"::equalsIgnoreCase,
              "false: offsets are committed at checkpoints"),
          new Rule(
              KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
              value -> value.matches("0*[1-9]\\d*"),
              "1 or more: without discovery, subtasks without a partition end, and windows with"
                  + " them"));

  private static final List<Rule> PRODUCER =
      List.of(
          never(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "kafka.bootstrap-servers in its place"),
          never(
              ProducerConfig.TRANSACTIONAL_ID_CONFIG,
              "delivery.transactional-id-prefix in its place"),
          never(
              ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
              "delivery.transaction-timeout in its place"),
          never(
              ProducerConfig.TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG,
              "none: transactions have a timeout"),
          never(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, "none: the job encodes"),
          never(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, "none: the job encodes"),
          new Rule(
              ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
              "true"::equalsIgnoreCase,
              "true: without it, repeated sends duplicate and reorder messages"),
          new Rule(
              ProducerConfig.ACKS_CONFIG,
              value -> value.equals("all") || value.equals("-1"),
              "all: with less, a broker that fails loses messages"),
          new Rule(
              ProducerConfig.RETRIES_CONFIG,
              value -> !value.equals("0"),
              "1 or more: without any, idempotence is off"),
          new Rule(
              ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
              value -> value.matches("[1-5]"),
              "1 to 5: with more, idempotence is off"));

  private static Rule never(String key, String expected) {
    return new Rule(key, value -> false, expected);
  }

  private ClientPropertyCheck() {}

  /**
   * Checks the properties of the job's consumer and producers.
   *
   * @param problem takes one line per property that is refused
   */
  static void check(KafkaOptions kafka, Consumer<String> problem) {
    check(CONSUMER, kafka, kafka.sourceProperties(), KafkaOptions.SOURCE_PROPERTIES.key(), problem);
    check(PRODUCER, kafka, kafka.sinkProperties(), KafkaOptions.SINK_PROPERTIES.key(), problem);
  }

  private static void check(
      List<Rule> rules,
      KafkaOptions kafka,
      Map<String, String> given,
      String own,
      Consumer<String> problem) {
    for (Rule rule : rules) {
      String value = given.get(rule.key());
      if (value != null && !rule.allows().test(value.strip())) {
        boolean general = value.equals(kafka.properties().get(rule.key()));
        problem.accept(
            (general ? KafkaOptions.PROPERTIES.key() : own)
                + "."
                + rule.key()
                + " is "
                + value
                + ", expected "
                + rule.expected());
      }
    }
  }
}
