package dev.sluice;

import dev.sluice.batch.BatchOperator;
import dev.sluice.config.BatchOptions;
import dev.sluice.decode.DecodeFunction;
import dev.sluice.encode.AlarmEncoder;
import dev.sluice.encode.DeadLetterEncoder;
import dev.sluice.encode.EncodeDeadLettersFunction;
import dev.sluice.encode.EncodePredictionsFunction;
import dev.sluice.encode.OutputFraming;
import dev.sluice.encode.PredictionLimit;
import dev.sluice.encode.ProfileEncoder;
import dev.sluice.infer.InferFunction;
import dev.sluice.infer.InferOperator;
import dev.sluice.infer.ModelLocation;
import dev.sluice.infer.SplitFunction;
import dev.sluice.model.ModelIdentity;
import dev.sluice.monitor.Monitor;
import dev.sluice.monitor.Segments;
import dev.sluice.monitor.WindowPartial;
import dev.sluice.monitor.alarm.AlarmFunction;
import dev.sluice.monitor.alarm.SilenceOperator;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.KafkaMessage;
import dev.sluice.record.PredictionBatch;
import dev.sluice.serial.ArrowTypes;
import dev.sluice.validate.ValidateFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * The picture: one short method per stage. It takes a stream of records and gives streams of
 * messages to sinks; where they come from and go to is not its business.
 */
public final class InferencePipeline {
  private static final OutputTag<DeadLetter> MALFORMED =
      new OutputTag<>("malformed", ArrowTypes.DEAD_LETTER);
  private static final OutputTag<DeadLetter> REJECTED =
      new OutputTag<>("rejected", ArrowTypes.DEAD_LETTER);
  private static final OutputTag<FeatureRow> REJECTED_ROWS =
      new OutputTag<>("rejected-rows", ArrowTypes.FEATURE_ROW);
  private static final OutputTag<DeadLetter> FAILED =
      new OutputTag<>("failed", ArrowTypes.DEAD_LETTER);

  private final JobPlan plan;
  private final PipelineSinks sinks;

  public InferencePipeline(JobPlan plan, PipelineSinks sinks) {
    this.plan = plan;
    this.sinks = sinks;
  }

  /** Attaches all stages to the stream of feature records. */
  public void build(DataStream<EncodedRecord> features) {
    features.getExecutionEnvironment().getConfig().enableObjectReuse();
    if (plan.location().shipped()) {
      features
          .getExecutionEnvironment()
          .registerCachedFile(plan.location().uri(), ModelLocation.NAME);
    }

    SingleOutputStreamOperator<FeatureRow> decoded = decode(features);
    SingleOutputStreamOperator<FeatureRow> valid = validate(decoded);
    SingleOutputStreamOperator<FeatureBatch> batches = batch(valid);
    SingleOutputStreamOperator<PredictionBatch> predicted = split(infer(batches));

    writePredictions(predicted);
    writeDeadLetters(
        decoded
            .getSideOutput(MALFORMED)
            .union(valid.getSideOutput(REJECTED), predicted.getSideOutput(FAILED)));
    if (plan.options().profile().enabled()) {
      monitor(
          decoded.getSideOutput(MALFORMED), valid.getSideOutput(REJECTED_ROWS), batches, predicted);
    }
  }

  private SingleOutputStreamOperator<FeatureRow> decode(DataStream<EncodedRecord> features) {
    return features
        .process(
            new DecodeFunction(
                plan.decoding(),
                plan.layout(),
                plan.eventTimeField(),
                plan.options().features().tombstones(),
                MALFORMED),
            ArrowTypes.FEATURE_ROW)
        .name("decode")
        .uid(OperatorUids.DECODE);
  }

  private SingleOutputStreamOperator<FeatureRow> validate(DataStream<FeatureRow> decoded) {
    return decoded
        .process(
            new ValidateFunction(
                plan.layout(),
                plan.profile(),
                plan.eventTimeField(),
                plan.options().eventTime().maxAhead(),
                plan.options().validation(),
                REJECTED,
                REJECTED_ROWS),
            ArrowTypes.FEATURE_ROW)
        .name("validate")
        .uid(OperatorUids.VALIDATE);
  }

  private SingleOutputStreamOperator<FeatureBatch> batch(DataStream<FeatureRow> valid) {
    BatchOptions options = plan.options().batch();
    SingleOutputStreamOperator<FeatureBatch> batches =
        redistribute(valid)
            .transform(
                "batch",
                ArrowTypes.FEATURE_BATCH,
                new BatchOperator(
                    plan.layout(),
                    options,
                    options.rowCap().adaptsOn(plan.options().execution().device())))
            .uid(OperatorUids.BATCH);
    return inferParallelism(batches);
  }

  /** Spreads rows over the subtasks that infer, all rows of an input partition to the same one. */
  private DataStream<FeatureRow> redistribute(DataStream<FeatureRow> rows) {
    if (plan.options().infer().parallelism() == 0) {
      return rows;
    }
    // Flink refuses unaligned checkpoints here, lest rows in flight go elsewhere after rescaling;
    // but the partitioner is a function of the row alone, so they go where later ones go.
    rows.getExecutionEnvironment().getCheckpointConfig().setForceUnalignedCheckpoints(true);
    return rows.partitionCustom(
        (Integer key, int partitions) -> Math.floorMod(key, partitions),
        row -> 31 * row.source().topic().hashCode() + row.source().partition());
  }

  private SingleOutputStreamOperator<PredictionBatch> infer(DataStream<FeatureBatch> batches) {
    return inferParallelism(
        batches
            .transform(
                "infer",
                ArrowTypes.PREDICTION_BATCH,
                new InferOperator(
                    new InferFunction(
                        plan.loader(),
                        plan.location(),
                        plan.layout(),
                        plan.options().batch().maxRows(),
                        plan.options().execution(),
                        plan.options().scoring().nanOutput(),
                        plan.options().outputs())))
            .uid(OperatorUids.INFER));
  }

  private SingleOutputStreamOperator<PredictionBatch> split(DataStream<PredictionBatch> predicted) {
    return inferParallelism(
        predicted
            .process(new SplitFunction(limit(), FAILED), ArrowTypes.PREDICTION_BATCH)
            .name("split")
            .uid(OperatorUids.SPLIT));
  }

  private PredictionLimit limit() {
    return new PredictionLimit(
        plan.model(),
        plan.options().features().passThrough(),
        plan.framings().predictions(),
        plan.options().kafka().maxMessageSize(),
        sinks.predictionsNeedKeys());
  }

  private void writePredictions(DataStream<PredictionBatch> predicted) {
    SingleOutputStreamOperator<KafkaMessage> messages =
        inferParallelism(
            predicted
                .flatMap(new EncodePredictionsFunction(limit()), ArrowTypes.KAFKA_MESSAGE)
                .name("encode predictions")
                .uid(OperatorUids.ENCODE_PREDICTIONS));
    var sink = messages.sinkTo(sinks.predictions()).name("predictions");
    sink.uid(OperatorUids.PREDICTIONS);
    if (plan.options().infer().parallelism() > 0) {
      sink.setParallelism(plan.options().infer().parallelism());
    }
  }

  private void writeDeadLetters(DataStream<DeadLetter> letters) {
    SingleOutputStreamOperator<KafkaMessage> messages =
        letters
            .map(
                new EncodeDeadLettersFunction(
                    new DeadLetterEncoder(
                        plan.model(),
                        plan.profileSha256(),
                        plan.options().kafka().maxMessageSize(),
                        plan.framings().deadLetters())),
                ArrowTypes.KAFKA_MESSAGE)
            .name("encode dead letters")
            .uid(OperatorUids.ENCODE_DEAD_LETTERS);
    messages.sinkTo(sinks.deadLetters()).name("dead-letters").uid(OperatorUids.DEAD_LETTERS);
  }

  private void monitor(
      DataStream<DeadLetter> malformed,
      DataStream<FeatureRow> rejected,
      DataStream<FeatureBatch> batches,
      DataStream<PredictionBatch> predicted) {
    Monitor monitor = monitor();
    SingleOutputStreamOperator<WindowPartial> undecoded = countMalformed(malformed, monitor);
    SingleOutputStreamOperator<WindowPartial> refused = profileRejected(rejected, monitor);
    SingleOutputStreamOperator<WindowPartial> inputs = profileInputs(batches, monitor);
    SingleOutputStreamOperator<WindowPartial> outputs = profileOutputs(predicted, monitor);
    DataStream<WindowPartial> books =
        inputs
            .getSideOutput(Monitor.BOOKS)
            .union(refused.getSideOutput(Monitor.BOOKS), undecoded.getSideOutput(Monitor.BOOKS));
    DataStream<WindowPartial> allInputs = inputs.union(refused, undecoded);
    DataStream<DataProfile> profiles =
        writeInputProfiles(allInputs, monitor)
            .union(writeOutputProfiles(outputs.union(books), monitor));
    if (plan.options().alarms().enabled()) {
      writeAlarms(raiseAlarms(profiles).union(watchSilence(inputs.union(refused))));
    }
  }

  private Monitor monitor() {
    return new Monitor(
        plan.model(),
        plan.profile(),
        plan.profileSha256(),
        plan.options().profile(),
        plan.options().drift(),
        segments());
  }

  private Segments segments() {
    return Segments.plan(plan.options().profile().segments(), plan.layout(), plan.profile());
  }

  private SingleOutputStreamOperator<WindowPartial> countMalformed(
      DataStream<DeadLetter> malformed, Monitor monitor) {
    return malformed
        .transform("count malformed", Monitor.WINDOW_PARTIAL, monitor.malformed())
        .uid(OperatorUids.COUNT_MALFORMED);
  }

  private SingleOutputStreamOperator<WindowPartial> profileRejected(
      DataStream<FeatureRow> rejected, Monitor monitor) {
    return rejected
        .transform(
            "profile rejected",
            Monitor.WINDOW_PARTIAL,
            monitor.rejectedInputs(
                plan.layout(), plan.options().validation().producerHeader().orElse("")))
        .uid(OperatorUids.PROFILE_REJECTED);
  }

  private SingleOutputStreamOperator<WindowPartial> profileInputs(
      DataStream<FeatureBatch> batches, Monitor monitor) {
    return inferParallelism(
        batches
            .transform("profile inputs", Monitor.WINDOW_PARTIAL, monitor.inputs())
            .uid(OperatorUids.PROFILE_INPUTS));
  }

  private SingleOutputStreamOperator<WindowPartial> profileOutputs(
      DataStream<PredictionBatch> predicted, Monitor monitor) {
    return inferParallelism(
        predicted
            .transform("profile outputs", Monitor.WINDOW_PARTIAL, monitor.outputs())
            .uid(OperatorUids.PROFILE_OUTPUTS));
  }

  private DataStream<DataProfile> writeInputProfiles(
      DataStream<WindowPartial> partials, Monitor monitor) {
    return writeProfiles(
        partials,
        monitor,
        "input",
        plan.framings().inputProfiles(),
        OperatorUids.MERGE_INPUTS,
        OperatorUids.ENCODE_INPUT_PROFILES,
        sinks.inputProfiles(),
        OperatorUids.INPUT_PROFILES);
  }

  private DataStream<DataProfile> writeOutputProfiles(
      DataStream<WindowPartial> partials, Monitor monitor) {
    return writeProfiles(
        partials,
        monitor,
        "output",
        plan.framings().outputProfiles(),
        OperatorUids.MERGE_OUTPUTS,
        OperatorUids.ENCODE_OUTPUT_PROFILES,
        sinks.outputProfiles(),
        OperatorUids.OUTPUT_PROFILES);
  }

  private static DataStream<DataProfile> writeProfiles(
      DataStream<WindowPartial> partials,
      Monitor monitor,
      String kind,
      OutputFraming framing,
      String mergeUid,
      String encodeUid,
      Sink<KafkaMessage> sink,
      String sinkUid) {
    DataStream<DataProfile> profiles =
        partials
            .keyBy(WindowPartial::key, Types.STRING)
            .process(monitor.merge(), ArrowTypes.DATA_PROFILE)
            .name("merge " + kind + " windows")
            .uid(mergeUid);
    profiles
        .map(new ProfileEncoder(framing), ArrowTypes.KAFKA_MESSAGE)
        .name("encode " + kind + " profiles")
        .uid(encodeUid)
        .sinkTo(sink)
        .name(kind + "-profiles")
        .uid(sinkUid);
    return profiles;
  }

  private DataStream<Alarm> raiseAlarms(DataStream<DataProfile> profiles) {
    return profiles
        .keyBy(AlarmFunction::key, Types.STRING)
        .process(
            new AlarmFunction(
                plan.model().sha256(),
                plan.profileSha256(),
                segments(),
                plan.options().profile(),
                plan.options().alarms(),
                plan.options().drift().falseDiscoveryRate(),
                plan.options().eventTime()),
            ArrowTypes.ALARM)
        .name("raise alarms")
        .uid(OperatorUids.RAISE_ALARMS);
  }

  private DataStream<Alarm> watchSilence(DataStream<WindowPartial> inputs) {
    ModelIdentity model = plan.model();
    return inputs
        .keyBy(WindowPartial::segment, Types.STRING)
        .transform(
            "watch silence",
            ArrowTypes.ALARM,
            new SilenceOperator(
                plan.options().alarms().silence(),
                segments(),
                new ProfiledModel(model.name(), model.version(), model.sha256()),
                plan.profileSha256()))
        .uid(OperatorUids.WATCH_SILENCE);
  }

  private void writeAlarms(DataStream<Alarm> alarms) {
    alarms
        .map(new AlarmEncoder(plan.framings().alarms()), ArrowTypes.KAFKA_MESSAGE)
        .name("encode alarms")
        .uid(OperatorUids.ENCODE_ALARMS)
        .sinkTo(sinks.alarms())
        .name("alarms")
        .uid(OperatorUids.ALARMS);
  }

  private <T> SingleOutputStreamOperator<T> inferParallelism(SingleOutputStreamOperator<T> stream) {
    int parallelism = plan.options().infer().parallelism();
    return parallelism == 0 ? stream : stream.setParallelism(parallelism);
  }
}
