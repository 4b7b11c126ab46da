package dev.sluice.cli;

import dev.sluice.config.AnswerOptions;
import dev.sluice.config.ExecutionOptions;
import dev.sluice.config.KafkaOptions;
import dev.sluice.config.OptionReader;
import dev.sluice.decode.RecordDecoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import picocli.CommandLine.Option;

/** The job's options that decide what a model answers, as arguments of a command. */
final class ModelSettings {
  private static final String INPUT_MAP = "--input-map";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "An option of the job that decides what the model answers, model.* or outputs.*, such as"
              + " outputs.argmax.scores=low,high; repeatable. Wins over --config.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Options of a job, of which those count that --set takes.")
  private String config;

  @Option(
      names = INPUT_MAP,
      paramLabel = "NAME=FIELD[,FIELD...]",
      description =
          "Fields that fill the model input of this name, as the job's option model.inputs.NAME;"
              + " repeatable. Wins over --set.")
  private Map<String, String> inputs = Map.of();

  /** Reads and checks the options; those that are not given have the job's defaults. */
  AnswerOptions read() {
    return readFor(null);
  }

  /**
   * Reads and checks the options besides those of a topic: {@link #kafka} and {@link #decoding}.
   */
  AnswerOptions readBesideTopic() {
    List<String> others =
        settings.stream()
            .filter(setting -> !isKafka(setting) && !FormatSettings.has(setting))
            .toList();
    return withInputs(OptionReader.answers(config, others, "--set"));
  }

  /**
   * Reads and checks the options of Kafka, names of topics among them.
   *
   * @param bootstrapServers wins over other places that name the brokers; null for none
   */
  KafkaOptions kafka(String bootstrapServers) {
    List<String> own = settings.stream().filter(ModelSettings::isKafka).toList();
    return OptionReader.kafka(config, own, "--set", bootstrapServers);
  }

  /**
   * Reads and checks how the records of a topic are framed, and who knows their schemas.
   *
   * @param kafka as {@link #kafka} reads it
   * @param reader the schema that records are read as
   */
  RecordDecoding decoding(KafkaOptions kafka, String topic, Schema reader) {
    return FormatSettings.read(config, settings, kafka, topic, reader);
  }

  private static boolean isKafka(String setting) {
    return setting.startsWith("kafka.") || setting.startsWith("topics.");
  }

  /** Reads and checks the options, with the device that another argument names; null for none. */
  AnswerOptions readFor(String execution) {
    List<String> all = new ArrayList<>(settings);
    if (execution != null) {
      String key = ExecutionOptions.DEVICE.key() + "=";
      if (settings.stream().anyMatch(setting -> setting.startsWith(key))) {
        throw new IllegalArgumentException(
            "--execution and --set " + ExecutionOptions.DEVICE.key() + " are given, expected one");
      }
      all.add(key + execution);
    }
    return withInputs(OptionReader.answers(config, all, "--set"));
  }

  private AnswerOptions withInputs(AnswerOptions read) {
    Map<String, List<String>> merged = new TreeMap<>(read.inputs());
    merged.putAll(InputFields.parse(INPUT_MAP, inputs));
    return new AnswerOptions(
        merged, read.padding(), read.execution(), read.scoring(), read.outputs());
  }
}
