package dev.sluice.cli;

import dev.sluice.config.ClientOptions;
import dev.sluice.config.KafkaOptions;
import dev.sluice.config.OptionReader;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The job's options that lead to its topics, as arguments of a command. */
final class ClientSettings {
  private static final String BOOTSTRAP_SERVERS = "--bootstrap-servers";

  @Option(
      names = BOOTSTRAP_SERVERS,
      paramLabel = "HOST:PORT[,...]",
      description =
          "Brokers to ask first, as the job's option kafka.bootstrap-servers; wins over --config.")
  private String bootstrapServers;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Options of the job, of which those count that lead to its topics: kafka.* (security"
              + " among them), topics.* and delivery.transactional-id-prefix.")
  private String config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One of those options; repeatable. Wins over --config.")
  private List<String> settings = new ArrayList<>();

  /** Reads and checks the options. */
  ClientOptions read() {
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
    return OptionReader.client(config, all, "--set");
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
