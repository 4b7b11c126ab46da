package dev.sluice.config;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Every option of the job, checked.
 *
 * @param kafka brokers, topics, and from where to where to read
 * @param topicCreation whether and how missing output topics are created
 * @param features what a feature record is
 * @param formats how values are framed
 * @param registry where schemas are registered
 * @param eventTime how far event times may stray
 * @param model which model scores the records
 * @param execution what the model runs on
 * @param scoring how the rows of a batch go through the model
 * @param outputs what becomes of the model's outputs
 * @param validation what records are checked against
 * @param batch when a batch is handed to the model
 * @param infer how widely inference is spread
 * @param profile over which windows profiles are made
 * @param drift when a window profile has drifted
 * @param alarms when a window raises an alarm
 * @param delivery what the sinks promise after a failure
 * @param checkpoint when checkpoints are taken
 */
public record JobOptions(
    KafkaOptions kafka,
    TopicCreationOptions topicCreation,
    FeatureOptions features,
    FormatOptions formats,
    RegistryOptions registry,
    EventTimeOptions eventTime,
    ModelOptions model,
    ExecutionOptions execution,
    ScoringOptions scoring,
    OutputOptions outputs,
    ValidationOptions validation,
    BatchOptions batch,
    InferOptions infer,
    ProfileOptions profile,
    DriftOptions drift,
    AlarmOptions alarms,
    DeliveryOptions delivery,
    CheckpointOptions checkpoint)
    implements Serializable {

  /**
   * Reads and checks all options; keys that it does not know are none of its business.
   *
   * @throws OptionException with the problems of all areas
   */
  public static JobOptions from(Configuration configuration) {
    return OptionValues.read(configuration, JobOptions::read);
  }

  static JobOptions read(OptionValues values) {
    JobOptions options =
        new JobOptions(
            KafkaOptions.read(values),
            TopicCreationOptions.read(values),
            FeatureOptions.read(values),
            FormatOptions.read(values),
            RegistryOptions.read(values),
            EventTimeOptions.read(values),
            ModelOptions.read(values),
            ExecutionOptions.read(values),
            ScoringOptions.read(values),
            OutputOptions.read(values),
            ValidationOptions.read(values),
            BatchOptions.read(values),
            InferOptions.read(values),
            ProfileOptions.read(values),
            DriftOptions.read(values),
            AlarmOptions.read(values),
            DeliveryOptions.read(values),
            CheckpointOptions.read(values));
    if (options.formats().needsRegistry() && options.registry().url().isEmpty()) {
      values.problem(
          RegistryOptions.URL.key() + " is missing, expected the registry of the format confluent");
    }
    if (!options.eventTime().maxDrift().isZero()
        && options.eventTime().idleness().isZero()
        && !options.kafka().bounded()) {
      values.problem(
          "%s is given, but %s is 0 and the job has no end, so that a silent partition would hold up all others for good; expected an idleness of more than 0"
              .formatted(EventTimeOptions.MAX_DRIFT.key(), EventTimeOptions.IDLENESS.key()));
    }
    return options;
  }

  /** Returns all options in the order of a reader who sets up a job. */
  static List<ConfigOption<?>> options() {
    return Stream.of(
            KafkaOptions.options(),
            TopicCreationOptions.options(),
            FeatureOptions.options(),
            FormatOptions.options(),
            RegistryOptions.options(),
            EventTimeOptions.options(),
            ModelOptions.options(),
            ExecutionOptions.options(),
            ScoringOptions.options(),
            OutputOptions.options(),
            ValidationOptions.options(),
            BatchOptions.options(),
            InferOptions.options(),
            ProfileOptions.options(),
            DriftOptions.options(),
            AlarmOptions.options(),
            DeliveryOptions.options(),
            CheckpointOptions.options())
        .<ConfigOption<?>>flatMap(List::stream)
        .toList();
  }
}
