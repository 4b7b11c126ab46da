package dev.sluice;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.FormatOptions;
import dev.sluice.config.JobOptions;
import dev.sluice.config.KafkaOptions;
import dev.sluice.config.RegistryOptions;
import dev.sluice.config.WireFormat;
import dev.sluice.encode.OutputFraming;
import dev.sluice.kafka.registry.RegistryClient;
import dev.sluice.kafka.registry.RegistryException;
import dev.sluice.kafka.registry.SchemaRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides how the values of each output topic are framed. All values of a topic have one schema, so
 * this is done once, before the job is submitted: where a format needs a registry, the schema as it
 * is published is registered there, or only looked up, and its id goes into the job.
 */
final class OutputFormats implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutputFormats.class);

  private final FormatOptions formats;
  private final RegistryOptions options;
  private final Function<RegistryOptions, SchemaRegistry> registries;
  private SchemaRegistry registry;

  private OutputFormats(JobOptions options, Function<RegistryOptions, SchemaRegistry> registries) {
    this.formats = options.formats();
    this.options = options.registry();
    this.registries = requireNonNull(registries, "registries is null");
  }

  /**
   * Decides for all topics that the job writes; those that it does not write are framed by nothing.
   *
   * @param registries opens the registry, which is closed before this returns; asked at most once,
   *     and only where it is needed
   * @throws RegistryException in one line, naming the option and why the registry does not give an
   *     id: it cannot be asked, refuses the login, or the schema is incompatible or unknown there
   */
  static OutputFramings decide(
      JobOptions options, Function<RegistryOptions, SchemaRegistry> registries) {
    KafkaOptions kafka = options.kafka();
    boolean profiles = options.profile().enabled();
    boolean alarms = profiles && options.alarms().enabled();
    try (OutputFormats formats = new OutputFormats(options, registries)) {
      return new OutputFramings(
          formats.framing("predictions", kafka.predictionsTopic(), "Prediction", true),
          formats.framing("dead-letters", kafka.deadLettersTopic(), "DeadLetter", true),
          formats.framing("input-profiles", kafka.inputProfilesTopic(), "DataProfile", profiles),
          formats.framing("output-profiles", kafka.outputProfilesTopic(), "DataProfile", profiles),
          formats.framing("alarms", kafka.alarmsTopic(), "Alarm", alarms));
    }
  }

  /** Opens the client of the registry that the options name. */
  static SchemaRegistry connect(RegistryOptions options) {
    return new RegistryClient(options);
  }

  /**
   * @param role what the job calls the topic
   * @param schemaName name of the schema's file, without its ending
   */
  private OutputFraming framing(String role, String topic, String schemaName, boolean written) {
    WireFormat format = formats.of(role);
    if (!written || format == WireFormat.PLAIN) {
      return OutputFraming.NONE;
    }
    String text = text(schemaName);
    Schema schema = new Schema.Parser().parse(text);
    return switch (format) {
      case SINGLE_OBJECT -> OutputFraming.singleObject(schema);
      case CONFLUENT ->
          OutputFraming.confluent(
              id(role, options.subjects().of(topic, schema.getFullName()), text));
      default -> throw new IllegalStateException(format + " is no format of an output");
    };
  }

  private int id(String role, String subject, String schema) {
    try {
      if (registry == null) {
        registry = registries.apply(options);
      }
      int id =
          options.register()
              ? registry.register(subject, schema)
              : registry.lookUp(subject, schema);
      LOG.info("{}: the schema has the id {} under the subject {}", option(role), id, subject);
      return id;
    } catch (RegistryException e) {
      throw new RegistryException(option(role) + ": " + e.getMessage(), e);
    }
  }

  private static String option(String role) {
    return "formats." + role + " is " + WireFormat.CONFLUENT;
  }

  @Override
  public void close() {
    if (registry != null) {
      registry.close();
    }
  }

  /**
   * Returns a schema as it is published: that of a generated class says how Java reads it as well.
   */
  private static String text(String schemaName) {
    String resource = "/schemas/" + schemaName + ".avsc";
    try (InputStream in = OutputFormats.class.getResourceAsStream(resource)) {
      return new String(
          requireNonNull(in, resource + " is not on the class path").readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }
}
