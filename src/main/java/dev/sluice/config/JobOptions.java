package dev.sluice.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.TimeUtils;

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
  /** Partitions that are ahead are found and paused within a second (FLINK-40093). */
  private static final Duration LEAST_IDLENESS = Duration.ofSeconds(10);

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
    if (!options.eventTime().maxDrift().isZero()) {
      checkDrift(options, values);
    }
    return options;
  }

  private static void checkDrift(JobOptions options, OptionValues values) {
    Duration drift = options.eventTime().maxDrift();
    Duration ahead = options.eventTime().maxAhead();
    if (options.features().eventTimeField().isPresent() && drift.compareTo(ahead) < 0) {
      values.problem(
          "%s is %s, expected at least %s, which is %s: one record that is ahead has its partition wait, and those behind it come late"
              .formatted(
                  EventTimeOptions.MAX_DRIFT.key(),
                  TimeUtils.formatWithHighestUnit(drift),
                  EventTimeOptions.MAX_AHEAD.key(),
                  TimeUtils.formatWithHighestUnit(ahead)));
    }
    Duration idleness = options.eventTime().idleness();
    if (idleness.isZero() && !options.kafka().bounded()) {
      values.problem(
          "%s is given, but %s is 0 and the job has no end, so that a silent partition would hold up all others for good; expected an idleness of at least %s"
              .formatted(
                  EventTimeOptions.MAX_DRIFT.key(),
                  EventTimeOptions.IDLENESS.key(),
                  TimeUtils.formatWithHighestUnit(LEAST_IDLENESS)));
    } else if (!idleness.isZero() && idleness.compareTo(LEAST_IDLENESS) < 0) {
      values.problem(
          "%s is given, but %s is %s, so that a partition could become idle while it is being paused, which is never read again; expected an idleness of at least %s"
              .formatted(
                  EventTimeOptions.MAX_DRIFT.key(),
                  EventTimeOptions.IDLENESS.key(),
                  TimeUtils.formatWithHighestUnit(idleness),
                  TimeUtils.formatWithHighestUnit(LEAST_IDLENESS)));
    }
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
