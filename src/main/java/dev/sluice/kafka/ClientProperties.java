package dev.sluice.kafka;

import dev.sluice.config.KafkaOptions;
import dev.sluice.kafka.secret.SecretText;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * The client properties of the options, as Kafka's clients get them.
 *
 * <p>A value may hold references to secrets that are kept elsewhere: {@code ${env:NAME}} of an
 * environment variable, {@code ${file:PATH:KEY}} of a properties file and {@code
 * ${directory:PATH:FILE}} of a file whose whole content it is. Each client resolves them itself,
 * where it runs, by Kafka's own providers: options, job graph and checkpoints hold the reference
 * alone. Who sets {@code config.providers} chooses providers of their own.
 */
public final class ClientProperties {
  private static final int BATCH_SIZE = 128 << 10;

  private ClientProperties() {}

  /**
   * Returns the {@code batch.size} of clients that write many messages, in bytes: less where a
   * producer's memory has no room for it, which each batch takes whole.
   */
  public static String batchSize(KafkaOptions kafka) {
    return Integer.toString(Math.min(BATCH_SIZE, kafka.maxRequestSize()));
  }

  /** Returns the properties of clients that read, without the brokers' address. */
  public static Properties source(KafkaOptions kafka) {
    return of(ClientSide.SOURCE, kafka);
  }

  /** Returns the properties of clients that write, without the brokers' address. */
  public static Properties sinks(KafkaOptions kafka) {
    return of(ClientSide.SINKS, kafka);
  }

  /**
   * Returns the properties of a client that asks about topics by the same login, with the brokers'
   * address. What no such client knows is left out: it would be warned of, though it is right.
   */
  static Properties admin(ClientSide side, KafkaOptions kafka) {
    Properties properties = of(side, kafka);
    properties.keySet().removeIf(name -> UnknownProperties.isKnownToOthersAlone(name.toString()));
    properties.setProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    return properties;
  }

  private static Properties of(ClientSide side, KafkaOptions kafka) {
    Map<String, String> values = new TreeMap<>(side.properties(kafka));
    if (values.values().stream().anyMatch(SecretText::mayHold)) {
      SecretText.clientProperties().forEach(values::putIfAbsent);
    }
    Properties properties = new Properties();
    properties.putAll(values);
    return properties;
  }
}
