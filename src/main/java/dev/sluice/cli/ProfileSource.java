package dev.sluice.cli;

import dev.sluice.SchemaFile;
import dev.sluice.cli.profile.DataFiles;
import dev.sluice.cli.profile.FileSource;
import dev.sluice.cli.profile.RowSource;
import dev.sluice.cli.profile.TopicSource;
import dev.sluice.cli.score.Split;
import dev.sluice.config.KafkaOptions;
import dev.sluice.decode.RecordDecoding;
import dev.sluice.kafka.BoundedTopic;
import dev.sluice.kafka.TopicBound;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import picocli.CommandLine.Option;

/** Where a profile's rows come from, as arguments of a command: files, or a topic with bounds. */
final class ProfileSource {
  @Option(
      names = "--data",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Training data: files, directories or patterns; CSV or JSON lines (an object per line),"
              + " plain or gzipped, Parquet, or Avro object container files, all of one kind;"
              + " columns and keys are matched with fields by name.")
  private List<String> data = List.of();

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description =
          "Topic of feature records to profile in place of --data: features, wherever the job's"
              + " topics.features leads, or the name of any topic. --bootstrap-servers, --set or"
              + " --config name brokers and their security (kafka.*), topics.*, and, where records"
              + " are not plain Avro of --schema, features.format, features.writer-schema,"
              + " features.schemas and registry.*, all as the job has them.")
  private String topic;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Brokers to ask first, comma separated; wins over kafka.bootstrap-servers.")
  private String bootstrapServers;

  @Option(
      names = "--from",
      paramLabel = "BOUND",
      description =
          "Where the topic's records begin: earliest, timestamp:2026-01-31T00:00:00Z (of Kafka), or"
              + " offsets:0=120,1=80 of all partitions (default: earliest).")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "BOUND",
      description =
          "Where they end, exclusive, as --from; latest is the end at the start of the command"
              + " (default: latest).")
  private String to;

  @Option(
      names = "--max-records",
      paramLabel = "N",
      description =
          "The most records of the topic to read, shared among its partitions by their length.")
  private Long maxRecords;

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description =
          "Avro schema of feature records: a path, or classpath: and a name (default: that of an"
              + " Avro or Parquet file).")
  private String schemaLocation;

  @Option(
      names = "--split",
      paramLabel = "VALUE",
      description = "Take only rows whose --split-field is this, such as train.")
  private String splitValue;

  @Option(
      names = "--split-field",
      defaultValue = "split",
      paramLabel = "FIELD",
      description =
          "Column, key or field that --split goes by, which need not be in the schema of a file"
              + " (default: ${DEFAULT-VALUE}).")
  private String splitField;

  /** Returns whether any of these arguments is given. */
  boolean isGiven() {
    return !data.isEmpty() || topic != null;
  }

  /** Returns whether it is a topic, whose brokers the job's options name. */
  boolean isTopic() {
    return topic != null;
  }

  /**
   * Checks what goes together.
   *
   * @throws IllegalArgumentException if it is neither files nor a topic, or is both
   */
  void require() {
    if (data.isEmpty() == (topic == null)) {
      throw new IllegalArgumentException(
          topic == null
              ? "neither --data nor --topic is given, expected one of them"
              : "--data and --topic are given, expected one of them");
    }
    requireTopicFor("--bootstrap-servers", bootstrapServers);
    requireTopicFor("--from", from);
    requireTopicFor("--to", to);
    requireTopicFor("--max-records", maxRecords);
    if (maxRecords != null && maxRecords < 1) {
      throw new IllegalArgumentException("--max-records is " + maxRecords + ", expected 1 or more");
    }
    if (topic != null && schemaLocation == null) {
      throw new IllegalArgumentException(
          "--topic is given without --schema, expected the schema of its records");
    }
  }

  private void requireTopicFor(String option, Object value) {
    if (value != null && topic == null) {
      throw new IllegalArgumentException(option + " is given without --topic");
    }
  }

  Split split() {
    return splitValue == null ? Split.all() : Split.of(splitField, splitValue);
  }

  /**
   * Returns the source.
   *
   * @param settings names brokers and their security
   * @param inputs fields by model input
   * @param eventTimeField empty for none
   * @param notes takes lines for a person
   */
  RowSource open(
      ModelSettings settings,
      Map<String, List<String>> inputs,
      String eventTimeField,
      Consumer<String> notes)
      throws IOException {
    Schema schema = schemaLocation == null ? null : SchemaFile.read("--schema", schemaLocation);
    if (topic == null) {
      return FileSource.of(
              "--data",
              DataFiles.find("--data", data),
              schema,
              inputs,
              records -> new RecordFormat(records)::encode,
              notes)
          .withEventTime(eventTimeField);
    }
    KafkaOptions kafka = settings.kafka(bootstrapServers);
    String name = kafka.topics().getOrDefault(topic, topic);
    RecordDecoding decoding = settings.decoding(kafka, name, schema);
    BoundedTopic bounded =
        BoundedTopic.of(
            kafka,
            name,
            TopicBound.parse("--from", from == null ? "earliest" : from),
            TopicBound.parse("--to", to == null ? "latest" : to));
    notes.accept("note: reads topic " + bounded.range());
    return new TopicSource(bounded, decoding, maxRecords == null ? Long.MAX_VALUE : maxRecords);
  }
}
