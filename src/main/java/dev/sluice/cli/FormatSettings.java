package dev.sluice.cli;

import dev.sluice.FeatureFormats;
import dev.sluice.config.FormatOptions;
import dev.sluice.config.KafkaOptions;
import dev.sluice.config.OptionException;
import dev.sluice.config.OptionReader;
import dev.sluice.config.RegistryOptions;
import dev.sluice.config.WireFormat;
import dev.sluice.decode.RecordDecoding;
import dev.sluice.decode.WriterSchemas;
import dev.sluice.kafka.registry.RegistrySchemas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.flink.configuration.Configuration;

/** The job's options that say how feature records are framed, as a command has them. */
final class FormatSettings {
  private static final List<String> KEYS =
      List.of(
          FormatOptions.FEATURES.key(),
          FormatOptions.WRITER_SCHEMA.key(),
          FormatOptions.SCHEMAS.key());

  private FormatSettings() {}

  /** Returns whether a setting {@code KEY=VALUE} is one of these, or of the registry. */
  static boolean has(String setting) {
    return setting.startsWith("registry.") || isFormat(setting);
  }

  private static boolean isFormat(String setting) {
    return KEYS.stream().anyMatch(key -> setting.startsWith(key + "="));
  }

  /**
   * Reads and checks how the records of a topic are read.
   *
   * @param config the options of a job, or null for none
   * @param settings texts {@code KEY=VALUE} that win over it; those that are not of these options
   *     are passed over
   * @param kafka the options of the brokers, which have been read
   * @param reader the schema that records are read as
   * @throws OptionException with all problems
   */
  static RecordDecoding read(
      String config, List<String> settings, KafkaOptions kafka, String topic, Schema reader) {
    List<String> own = new ArrayList<>();
    own.add(KafkaOptions.BOOTSTRAP_SERVERS.key() + "=" + kafka.bootstrapServers());
    settings.stream().filter(setting -> setting.startsWith("registry.")).forEach(own::add);
    RegistryOptions registry = OptionReader.client(config, own, "--set").registry();
    FormatOptions options = formats(config, settings);
    List<String> problems = new ArrayList<>();
    if (options.needsRegistry() && registry.url().isEmpty()) {
      problems.add(
          RegistryOptions.URL.key() + " is missing, expected the registry of the format confluent");
    }
    FeatureFormats formats = FeatureFormats.read(options, reader, problems);
    if (!problems.isEmpty()) {
      throw new OptionException(problems);
    }
    return formats.decoding(
        registry.url().isEmpty()
            ? WriterSchemas.NONE
            : new RegistrySchemas(registry, registry.subjects().of(topic, reader.getFullName())));
  }

  private static FormatOptions formats(String config, List<String> settings) {
    Map<String, String> values = new HashMap<>();
    if (config != null) {
      values.putAll(OptionReader.values(new String[] {"--config", config}));
    }
    for (String setting : settings) {
      if (isFormat(setting)) {
        int equals = setting.indexOf('=');
        values.put(setting.substring(0, equals), setting.substring(equals + 1));
      }
    }
    values.keySet().retainAll(KEYS);
    Configuration all = Configuration.fromMap(values);
    return new FormatOptions(
        format(all),
        all.getOptional(FormatOptions.WRITER_SCHEMA).map(String::trim).orElse(""),
        Arrays.stream(all.get(FormatOptions.SCHEMAS).split(","))
            .map(String::trim)
            .filter(path -> !path.isEmpty())
            .toList(),
        Map.of());
  }

  private static WireFormat format(Configuration all) {
    try {
      return all.get(FormatOptions.FEATURES);
    } catch (IllegalArgumentException e) { // the message below says it all
      throw new IllegalArgumentException(
          "%s is %s, expected plain, single-object, confluent or auto"
              .formatted(
                  FormatOptions.FEATURES.key(), all.toMap().get(FormatOptions.FEATURES.key())));
    }
  }
}
