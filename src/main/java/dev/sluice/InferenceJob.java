package dev.sluice;

import dev.sluice.config.EventTimeOptions;
import dev.sluice.config.JobOptions;
import dev.sluice.config.KafkaOptions;
import dev.sluice.config.OptionReader;
import dev.sluice.decode.EventTimeWatermarks;
import dev.sluice.infer.onnx.RuntimePlacement;
import dev.sluice.kafka.FeatureSource;
import dev.sluice.kafka.KafkaStart;
import dev.sluice.kafka.Sinks;
import dev.sluice.kafka.TopicFacts;
import dev.sluice.record.EncodedRecord;
import dev.sluice.serial.ArrowTypes;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job that is submitted to a cluster. */
public final class InferenceJob {
  private static final Logger LOG = LoggerFactory.getLogger(InferenceJob.class);

  private InferenceJob() {}

  /**
   * Reads the options, builds the pipeline and runs it.
   *
   * @param args {@code --config FILE} and {@code --key value}, see the README
   * @throws IllegalArgumentException if an option, the model package or the data profile is wrong
   * @throws IllegalStateException if ONNX Runtime comes with the job, or is of another version
   */
  public static void main(String[] args) throws Exception {
    JobOptions options = OptionReader.read(args);
    OptionReader.exposedSecrets(args).forEach(InferenceJob::warnOfExposed);
    RuntimePlacement.checkClient();
    TopicFacts topics = KafkaStart.check(options);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    JobPlan plan = JobPlanner.plan(options);
    try {
      attach(env, plan, topics);
      env.execute("sluice");
    } finally {
      plan.deleteStaged();
    }
  }

  private static void warnOfExposed(String key) {
    LOG.warn(
        "--{} is given as an argument, which other processes can see, and in application mode"
            + " Flink's web UI; put it into the file of --config, or write ${file:PATH:KEY}",
        key);
  }

  /** Attaches the pipeline to topics of which nothing is known: the demo's, which are its own. */
  public static void attach(StreamExecutionEnvironment env, JobPlan plan) {
    attach(env, plan, TopicFacts.NONE);
  }

  /** Attaches the pipeline to Kafka: what a cluster runs, and the tests as well. */
  public static void attach(StreamExecutionEnvironment env, JobPlan plan, TopicFacts topics) {
    JobOptions options = plan.options();
    env.enableCheckpointing(
        options.checkpoint().interval().toMillis(), CheckpointingMode.EXACTLY_ONCE);
    DataStream<EncodedRecord> features =
        env.fromSource(
                FeatureSource.create(options, ArrowTypes.ENCODED_RECORD, plan.decoding().schemas()),
                watermarks(plan),
                "features",
                ArrowTypes.ENCODED_RECORD)
            .uid(OperatorUids.FEATURES);
    new InferencePipeline(plan, sinks(options, topics)).build(features);
  }

  private static PipelineSinks sinks(JobOptions options, TopicFacts topics) {
    KafkaOptions kafka = options.kafka();
    return new PipelineSinks(
        Sinks.create(options, kafka.predictionsTopic()),
        Sinks.create(options, kafka.deadLettersTopic()),
        Sinks.create(options, kafka.inputProfilesTopic()),
        Sinks.create(options, kafka.outputProfilesTopic()),
        Sinks.create(options, kafka.alarmsTopic()),
        topics.predictionsAreCompacted());
  }

  /** A bounded run has no idle partitions, only finished ones: there idleness would lose rows. */
  static WatermarkStrategy<EncodedRecord> watermarks(JobPlan plan) {
    EventTimeOptions time = plan.options().eventTime();
    return new EventTimeWatermarks(
        plan.decoding(),
        plan.eventTimeField(),
        time.maxAhead(),
        time.maxOutOfOrderness(),
        plan.options().kafka().bounded() ? Duration.ZERO : time.idleness(),
        time.maxDrift());
  }
}
