package dev.sluice.config;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/** What a feature record is. */
public final class FeatureOptions implements Serializable {
  public static final ConfigOption<String> SCHEMA =
      ConfigOptions.key("features.schema")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Avro schema of feature records: path of an .avsc file, or classpath: and a name.");

  public static final ConfigOption<String> EVENT_TIME_FIELD =
      ConfigOptions.key("features.event-time.field")
          .stringType()
          .noDefaultValue()
          .withDescription("Path of the field that holds the event time; else Kafka's timestamp.");

  public static final ConfigOption<String> PASS_THROUGH =
      ConfigOptions.key("features.pass-through")
          .stringType()
          .defaultValue("")
          .withDescription(
              "Paths of fields to copy into predictions, comma separated; they are profiled, too, so their values appear in input-profiles.");

  public static final ConfigOption<Tombstones> TOMBSTONES =
      ConfigOptions.key("features.tombstones")
          .enumType(Tombstones.class)
          .defaultValue(Tombstones.DEAD_LETTER)
          .withDescription(
              "What becomes of records whose value is null: dead-letter, skip (left out and"
                  + " counted) or pass (written to predictions in their place).");

  private final String schema;
  private final String eventTimeField;
  private final List<String> passThrough;
  private final Tombstones tombstones;

  private FeatureOptions(OptionValues values) {
    schema = values.required(SCHEMA, "the path of an .avsc file, or classpath: and a name");
    eventTimeField = values.optional(EVENT_TIME_FIELD).orElse(null);
    passThrough = OptionValues.split(values.get(PASS_THROUGH, "comma separated field paths"));
    tombstones = values.get(TOMBSTONES, "dead-letter, skip or pass");
  }

  /**
   * Reads and checks the options.
   *
   * @throws OptionException with all problems
   */
  public static FeatureOptions from(Configuration configuration) {
    return OptionValues.read(configuration, FeatureOptions::new);
  }

  static FeatureOptions read(OptionValues values) {
    return new FeatureOptions(values);
  }

  static List<ConfigOption<?>> options() {
    return List.of(SCHEMA, EVENT_TIME_FIELD, PASS_THROUGH, TOMBSTONES);
  }

  /** Returns the path of an .avsc file, or {@code classpath:} and a name. */
  public String schema() {
    return schema;
  }

  /** Returns the path of the field that holds the event time; empty for Kafka's timestamp. */
  public Optional<String> eventTimeField() {
    return Optional.ofNullable(eventTimeField);
  }

  /** Returns the paths of the fields to copy into predictions, in their order. */
  public List<String> passThrough() {
    return passThrough;
  }

  /** Returns what becomes of records whose value is null. */
  public Tombstones tombstones() {
    return tombstones;
  }

  @Override
  public String toString() {
    return "FeatureOptions[schema="
        + schema
        + ", eventTimeField="
        + eventTimeField
        + ", passThrough="
        + passThrough
        + ", tombstones="
        + tombstones
        + "]";
  }
}
