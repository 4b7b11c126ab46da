package dev.sluice.config;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * How values are framed, topic by topic, and where schemas are found besides the registry.
 *
 * @param features how feature records are framed
 * @param writerSchema the schema of plain feature records where that is not {@code
 *     features.schema}: path of an .avsc file, or {@code classpath:} and a name; else empty
 * @param schemas paths of more writer schemas, found by their fingerprints: .avsc files, or
 *     directories of them
 * @param outputs how each topic's values are framed by what the job calls it: {@code predictions};
 *     never {@link WireFormat#AUTO}
 */
public record FormatOptions(
    WireFormat features, String writerSchema, List<String> schemas, Map<String, WireFormat> outputs)
    implements Serializable {
  public static final ConfigOption<WireFormat> FEATURES =
      ConfigOptions.key("features.format")
          .enumType(WireFormat.class)
          .defaultValue(WireFormat.PLAIN)
          .withDescription(
              "How feature records are framed: plain (Avro binary), single-object, confluent or auto.");

  public static final ConfigOption<String> WRITER_SCHEMA =
      ConfigOptions.key("features.writer-schema")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Avro schema that plain feature records are written with, where that is not features.schema: path of an .avsc file, or classpath: and a name.");

  public static final ConfigOption<String> SCHEMAS =
      ConfigOptions.key("features.schemas")
          .stringType()
          .defaultValue("")
          .withDescription(
              "More writer schemas, found by their fingerprints: comma separated .avsc files or directories of them.");

  private static final List<String> OUTPUTS =
      List.of("predictions", "input-profiles", "output-profiles", "alarms", "dead-letters");

  private static final String PREFIX = "formats.";

  static FormatOptions read(OptionValues values) {
    Map<String, WireFormat> outputs = new TreeMap<>();
    for (String topic : OUTPUTS) {
      outputs.put(
          topic,
          values.get(
              output(topic),
              "plain, single-object or confluent",
              format -> format != WireFormat.AUTO));
    }
    return new FormatOptions(
        values.get(FEATURES, "plain, single-object, confluent or auto"),
        values.optional(WRITER_SCHEMA).orElse(""),
        OptionValues.split(values.get(SCHEMAS, "comma separated paths")),
        outputs);
  }

  static List<ConfigOption<?>> options() {
    List<ConfigOption<?>> options = new ArrayList<>(List.of(FEATURES, WRITER_SCHEMA, SCHEMAS));
    OUTPUTS.forEach(topic -> options.add(output(topic)));
    return options;
  }

  private static ConfigOption<WireFormat> output(String topic) {
    return ConfigOptions.key(PREFIX + topic)
        .enumType(WireFormat.class)
        .defaultValue(WireFormat.PLAIN)
        .withDescription(
            "How values of " + topic + " are framed: plain, single-object or confluent.");
  }

  /** Returns how the values of a topic are framed, by what the job calls it. */
  public WireFormat of(String topic) {
    return topic.equals("features") ? features : outputs.get(topic);
  }

  /** Returns whether any topic's schemas are known by a registry only. */
  public boolean needsRegistry() {
    return features == WireFormat.CONFLUENT || outputs.containsValue(WireFormat.CONFLUENT);
  }
}
