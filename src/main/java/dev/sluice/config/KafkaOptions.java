package dev.sluice.config;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/** Where the records are: brokers, client properties, topics, and from where to where to read. */
public final class KafkaOptions implements Serializable {
  public static final ConfigOption<String> BOOTSTRAP_SERVERS =
      ConfigOptions.key("kafka.bootstrap-servers")
          .stringType()
          .noDefaultValue()
          .withDescription("Brokers to ask first, comma separated host:port.");

  public static final ConfigOption<String> GROUP_ID =
      ConfigOptions.key("kafka.group-id")
          .stringType()
          .defaultValue("sluice")
          .withDescription("Consumer group whose offsets are committed at each checkpoint.");

  public static final ConfigOption<Map<String, String>> PROPERTIES =
      ConfigOptions.key("kafka.properties")
          .mapType()
          .defaultValue(Map.of())
          .withDescription("Properties of all Kafka clients, such as security.protocol.");

  public static final ConfigOption<Map<String, String>> SOURCE_PROPERTIES =
      ConfigOptions.key("kafka.source.properties")
          .mapType()
          .defaultValue(Map.of())
          .withDescription("Properties of the consumer; they win over kafka.properties.");

  public static final ConfigOption<Map<String, String>> SINK_PROPERTIES =
      ConfigOptions.key("kafka.sink.properties")
          .mapType()
          .defaultValue(Map.of())
          .withDescription("Properties of the producers; they win over kafka.properties.");

  private static final String TOPICS_PREFIX = "topics.";

  public static final ConfigOption<String> FEATURES_TOPIC =
      topic("features", "Topic to read feature records from.");
  public static final ConfigOption<String> PREDICTIONS_TOPIC =
      topic("predictions", "Topic for predictions.");
  public static final ConfigOption<String> INPUT_PROFILES_TOPIC =
      topic("input-profiles", "Topic for window profiles of the features.");
  public static final ConfigOption<String> OUTPUT_PROFILES_TOPIC =
      topic("output-profiles", "Topic for window profiles of the model's outputs.");
  public static final ConfigOption<String> ALARMS_TOPIC =
      topic("alarms", "Topic for alarms about windows.");
  public static final ConfigOption<String> DEAD_LETTERS_TOPIC =
      topic("dead-letters", "Topic for malformed, rejected and failed records.");

  public static final ConfigOption<String> START =
      ConfigOptions.key("source.start")
          .stringType()
          .defaultValue("committed")
          .withDescription(
              "Where to begin without a savepoint: committed (else earliest), earliest, latest,"
                  + " timestamp: and an ISO-8601 instant, or offsets: and pairs such as 0=120,1=80.");

  public static final ConfigOption<String> STOP =
      ConfigOptions.key("source.stop")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Where to end, exclusive: latest (as it is at the start), timestamp: and an ISO-8601"
                  + " instant, or offsets: and a pair for each partition such as 0=120,1=80. Without"
                  + " it the job does not end.");

  public static final ConfigOption<Boolean> BOUNDED =
      ConfigOptions.key("source.bounded")
          .booleanType()
          .defaultValue(false)
          .withDescription("Short for source.stop: latest.");

  private static final List<ConfigOption<String>> TOPICS =
      List.of(
          FEATURES_TOPIC,
          PREDICTIONS_TOPIC,
          INPUT_PROFILES_TOPIC,
          OUTPUT_PROFILES_TOPIC,
          ALARMS_TOPIC,
          DEAD_LETTERS_TOPIC);

  private static final Pattern TOPIC_NAME = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");
  private static final Pattern SERVERS =
      Pattern.compile("[^\\s,]+:\\d{1,5}(\\s*,\\s*[^\\s,]+:\\d{1,5})*");

  private final String bootstrapServers;
  private final String groupId;
  private final Map<String, String> properties;
  private final Map<String, String> sourceProperties;
  private final Map<String, String> sinkProperties;
  private final int maxRequestSize;
  private final Map<String, String> topics;
  private final StartPosition start;
  private final StopPosition stop;

  private KafkaOptions(OptionValues values) {
    bootstrapServers = bootstrapServers(values);
    groupId = values.get(GROUP_ID, "a name", name -> !name.isBlank());
    properties = sorted(values.get(PROPERTIES, "client properties"), Map.of());
    sourceProperties = sorted(properties, values.get(SOURCE_PROPERTIES, "client properties"));
    Map<String, String> ofSinks = values.get(SINK_PROPERTIES, "client properties");
    sinkProperties = sorted(properties, ofSinks);
    maxRequestSize = ProducerLimits.maxRequestSize(values, properties, ofSinks);
    topics = topics(values);
    start =
        values.parse(
            START,
            "committed, earliest, latest, timestamp:2026-01-31T00:00:00Z or offsets:0=120,1=80",
            StartPosition::parse);
    stop = stop(values);
  }

  /**
   * Reads and checks the options.
   *
   * @throws OptionException with all problems
   */
  public static KafkaOptions from(Configuration configuration) {
    return OptionValues.read(configuration, KafkaOptions::new);
  }

  static KafkaOptions read(OptionValues values) {
    return new KafkaOptions(values);
  }

  static List<ConfigOption<?>> options() {
    List<ConfigOption<?>> options = new ArrayList<>(clientOptions());
    options.addAll(List.of(START, STOP, BOUNDED));
    return options;
  }

  /** Returns the options of anybody who reads and writes the topics, the job or not. */
  static List<ConfigOption<?>> clientOptions() {
    List<ConfigOption<?>> options =
        new ArrayList<>(
            List.of(BOOTSTRAP_SERVERS, GROUP_ID, PROPERTIES, SOURCE_PROPERTIES, SINK_PROPERTIES));
    options.addAll(TOPICS);
    return options;
  }

  private static ConfigOption<String> topic(String name, String description) {
    return ConfigOptions.key(TOPICS_PREFIX + name)
        .stringType()
        .defaultValue(name)
        .withDescription(description);
  }

  private static String bootstrapServers(OptionValues values) {
    String expected = "comma separated host:port";
    String servers = values.required(BOOTSTRAP_SERVERS, expected);
    if (servers.contains("@")) {
      // Not shown: what stands before it may be a password.
      values.problem(
          BOOTSTRAP_SERVERS.key()
              + " has an '@', expected "
              + expected
              + "; a user belongs into "
              + PROPERTIES.key()
              + ".sasl.jaas.config");
    } else if (!servers.isEmpty() && !SERVERS.matcher(servers).matches()) {
      values.problem(BOOTSTRAP_SERVERS.key() + " is " + servers + ", expected " + expected);
    }
    return servers;
  }

  private static Map<String, String> topics(OptionValues values) {
    Map<String, String> names = new LinkedHashMap<>();
    Map<String, String> owners = new LinkedHashMap<>();
    for (ConfigOption<String> option : TOPICS) {
      String expected = "1 to 249 letters, digits, '.', '_' or '-'";
      String name = values.get(option, expected, text -> TOPIC_NAME.matcher(text).matches());
      String owner = owners.putIfAbsent(name, option.key());
      if (owner != null) {
        values.problem(
            option.key() + " is " + name + ", expected a topic of its own: so is " + owner);
      }
      names.put(option.key(), name);
    }
    return Collections.unmodifiableMap(names);
  }

  /** Returns where the job ends, or null if it does not. */
  private static StopPosition stop(OptionValues values) {
    boolean bounded = values.get(BOUNDED, "true or false");
    Optional<String> text = values.optional(STOP);
    if (text.isEmpty()) {
      return bounded ? StopPosition.LATEST : null;
    }
    StopPosition position;
    try {
      position = StopPosition.parse(text.get());
    } catch (IllegalArgumentException e) {
      values.problem(
          STOP.key()
              + " is "
              + text.get()
              + ", expected latest, timestamp:2026-01-31T00:00:00Z or offsets:0=120,1=80");
      return null;
    }
    if (bounded && position.kind() != StopPosition.Kind.LATEST) {
      values.problem(
          BOUNDED.key() + " is true, expected nothing where " + STOP.key() + " is " + position);
    }
    return position;
  }

  private static Map<String, String> sorted(Map<String, String> general, Map<String, String> own) {
    Map<String, String> merged = new TreeMap<>(general);
    merged.putAll(own);
    return Collections.unmodifiableMap(merged);
  }

  /** Returns the brokers to ask first, comma separated {@code host:port}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  public String groupId() {
    return groupId;
  }

  /** Returns the properties of all clients. */
  public Map<String, String> properties() {
    return properties;
  }

  /** Returns the properties of the consumer, the general ones among them. */
  public Map<String, String> sourceProperties() {
    return sourceProperties;
  }

  /** Returns the properties of the producers, the general ones among them. */
  public Map<String, String> sinkProperties() {
    return sinkProperties;
  }

  /**
   * Returns the most bytes that the producers send of one message, before compression: their
   * max.request.size, or buffer.memory where that is less; 65,536 or more.
   */
  public int maxRequestSize() {
    return maxRequestSize;
  }

  /**
   * Returns how large a message may be by a producer's estimate before compression, so that it is
   * within {@link #maxRequestSize} after it, too: compression makes random bytes larger, by less
   * than a thousandth and a few bytes.
   */
  public int maxMessageSize() {
    return maxRequestSize - maxRequestSize / 1024 - 128;
  }

  /** Returns the name of each topic by what the job calls it: {@code dead-letters}. */
  public Map<String, String> topics() {
    Map<String, String> names = new LinkedHashMap<>();
    topics.forEach((key, name) -> names.put(key.substring(TOPICS_PREFIX.length()), name));
    return names;
  }

  public String featuresTopic() {
    return topics.get(FEATURES_TOPIC.key());
  }

  public String predictionsTopic() {
    return topics.get(PREDICTIONS_TOPIC.key());
  }

  public String inputProfilesTopic() {
    return topics.get(INPUT_PROFILES_TOPIC.key());
  }

  public String outputProfilesTopic() {
    return topics.get(OUTPUT_PROFILES_TOPIC.key());
  }

  public String alarmsTopic() {
    return topics.get(ALARMS_TOPIC.key());
  }

  public String deadLettersTopic() {
    return topics.get(DEAD_LETTERS_TOPIC.key());
  }

  /** Returns where to begin without a savepoint. */
  public StartPosition start() {
    return start;
  }

  /** Returns where to end; empty for never. */
  public Optional<StopPosition> stop() {
    return Optional.ofNullable(stop);
  }

  /** Returns whether there is an end. */
  public boolean bounded() {
    return stop != null;
  }

  /** Returns the options for a person: values that look like a secret are masked. */
  @Override
  public String toString() {
    return "KafkaOptions[bootstrapServers="
        + bootstrapServers
        + ", groupId="
        + groupId
        + ", properties="
        + Secrets.masked(properties)
        + ", sourceProperties="
        + Secrets.masked(sourceProperties)
        + ", sinkProperties="
        + Secrets.masked(sinkProperties)
        + ", topics="
        + topics.values()
        + ", start="
        + start
        + ", stop="
        + stop
        + "]";
  }
}
