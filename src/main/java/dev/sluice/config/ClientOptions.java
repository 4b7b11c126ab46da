package dev.sluice.config;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;

/**
 * Those options of a job that somebody needs who reads and writes its topics beside it.
 *
 * @param kafka brokers, client properties and topics; where the job begins and ends to read is left
 *     at its defaults
 * @param transactionalIdPrefix what the ids of transactions begin with
 */
public record ClientOptions(KafkaOptions kafka, String transactionalIdPrefix) {
  public ClientOptions {
    requireNonNull(kafka, "kafka is null");
    requireNonNull(transactionalIdPrefix, "transactionalIdPrefix is null");
  }

  static ClientOptions read(OptionValues values) {
    return new ClientOptions(
        KafkaOptions.read(values), DeliveryOptions.transactionalIdPrefix(values));
  }

  static List<ConfigOption<?>> options() {
    return Stream.concat(
            KafkaOptions.clientOptions().stream(),
            Stream.of(DeliveryOptions.TRANSACTIONAL_ID_PREFIX))
        .<ConfigOption<?>>map(option -> option)
        .toList();
  }
}
