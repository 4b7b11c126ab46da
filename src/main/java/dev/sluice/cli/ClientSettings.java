package dev.sluice.cli;

import dev.sluice.config.ClientOptions;
import dev.sluice.config.KafkaOptions;
import dev.sluice.config.OptionReader;
import dev.sluice.kafka.UnknownProperties;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The job's options that lead to its topics, as arguments of a command. */
final class ClientSettings {
  static final String HEADING = "%nWhere the topics are:%n";

  private static final Logger LOG = LoggerFactory.getLogger(ClientSettings.class);
  private static final String BOOTSTRAP_SERVERS = "--bootstrap-servers";

  @Option(
      names = BOOTSTRAP_SERVERS,
      paramLabel = "HOST:PORT[,...]",
      description =
          "Kafka brokers to ask first, as the job's option kafka.bootstrap-servers; required here or"
              + " in --config. Wins over --config.")
  private String bootstrapServers;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The job's options, a YAML file, of which those count that lead to its topics: kafka.*"
              + " (security among them), topics.*, registry.*, delivery.transactional-id-prefix and"
              + " delivery.transaction-timeout.")
  private String config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One of those options; repeatable. Wins over --config.")
  private List<String> settings = new ArrayList<>();

  /** Reads and checks the options. */
  ClientOptions read() {
    if (bootstrapServers == null && config == null && settings.isEmpty()) {
      throw new IllegalArgumentException(
          "no brokers are named, expected "
              + BOOTSTRAP_SERVERS
              + " HOST:PORT, or --config with "
              + KafkaOptions.BOOTSTRAP_SERVERS.key());
    }
    List<String> all = new ArrayList<>(settings);
    if (bootstrapServers != null) {
      String key = KafkaOptions.BOOTSTRAP_SERVERS.key() + "=";
      if (settings.stream().anyMatch(setting -> setting.startsWith(key))) {
        throw new IllegalArgumentException(
            BOOTSTRAP_SERVERS
                + " and --set "
                + KafkaOptions.BOOTSTRAP_SERVERS.key()
                + " are given, expected one");
      }
      all.add(key + bootstrapServers);
    }
    ClientOptions options = OptionReader.client(config, all, "--set");
    UnknownProperties.warnings(options.kafka()).forEach(line -> LOG.warn("{}", line));
    return options;
  }

  /**
   * Returns whether a topic is one of the job's own that holds something else than dead letters; of
   * a topic that the job does not know, nobody can say.
   */
  static boolean hasNoLetters(ClientOptions options, String topic) {
    return !topic.equals(options.kafka().deadLettersTopic())
        && options.kafka().topics().containsValue(topic);
  }

  /**
   * Returns the name of a topic.
   *
   * @param given what the job calls it, such as predictions, or its own name; null for that of dead
   *     letters
   */
  static String topic(ClientOptions options, String given) {
    return given == null
        ? options.kafka().deadLettersTopic()
        : options.kafka().topics().getOrDefault(given, given);
  }
}
