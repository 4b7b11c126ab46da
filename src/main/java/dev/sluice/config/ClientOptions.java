package dev.sluice.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;

/**
 * Those options of a job that somebody needs who reads and writes its topics beside it.
 *
 * @param kafka brokers, client properties and topics; where the job begins and ends to read is left
 *     at its defaults
 * @param transactionalIdPrefix what the ids of transactions begin with
 * @param transactionTimeout until the brokers abort a transaction
 * @param registry where schemas are, if anywhere
 */
public record ClientOptions(
    KafkaOptions kafka,
    String transactionalIdPrefix,
    Duration transactionTimeout,
    RegistryOptions registry) {
  public ClientOptions {
    requireNonNull(kafka, "kafka is null");
    requireNonNull(transactionalIdPrefix, "transactionalIdPrefix is null");
    requireNonNull(transactionTimeout, "transactionTimeout is null");
    requireNonNull(registry, "registry is null");
  }

  static ClientOptions read(OptionValues values) {
    return new ClientOptions(
        KafkaOptions.read(values),
        DeliveryOptions.transactionalIdPrefix(values),
        DeliveryOptions.transactionTimeout(values),
        RegistryOptions.read(values));
  }

  static List<ConfigOption<?>> options() {
    List<ConfigOption<?>> options = new ArrayList<>(KafkaOptions.clientOptions());
    options.add(DeliveryOptions.TRANSACTIONAL_ID_PREFIX);
    options.add(DeliveryOptions.TRANSACTION_TIMEOUT);
    options.addAll(RegistryOptions.options());
    return options;
  }
}
