package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.EmbeddedFlink;
import dev.sluice.config.OptionReader;
import dev.sluice.decode.EventTimeWatermarks;
import dev.sluice.decode.RecordDecoding;
import dev.sluice.expect.Expectation;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelException;
import dev.sluice.infer.ModelLoader;
import dev.sluice.infer.ModelLocation;
import dev.sluice.infer.ModelPlace;
import dev.sluice.model.ModelIdentity;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import dev.sluice.record.KafkaMessage;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Severity;
import dev.sluice.record.TensorBuffer;
import dev.sluice.serial.ArrowTypes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The pipeline on a real cluster, without Kafka. The batch is so large and so patient that only
 * barriers and watermarks empty it, and watermarks are rare: at a barrier much is in it. Early
 * crashes come before the batch is full for the first time.
 */
class InferencePipelineITCase {
  private static final int RECORDS = 200_000;
  private static final FeatureLayout LAYOUT =
      new FeatureLayout(
          List.of(
              new FeatureColumn("x", ElementType.FLOAT, 1),
              new FeatureColumn("s", ElementType.STRING, 1)),
          List.of(new InputTensor("x", ElementType.FLOAT, List.of(1), List.of(0))));

  private static EmbeddedFlink flink;
  private static Output expected;

  /** What one run wrote: a bit per number of the source, and the last revision per profile key. */
  private record Output(
      BitSet predicted,
      BitSet dead,
      Map<String, ByteBuffer> inputs,
      Map<String, ByteBuffer> outputs) {
    BitSet all() {
      BitSet all = (BitSet) predicted.clone();
      all.or(dead);
      return all;
    }
  }

  /** How a run is made. */
  private record Run(
      String name, int parallelism, int inferParallelism, boolean chained, boolean unaligned) {}

  @BeforeAll
  static void start() throws Exception {
    flink = EmbeddedFlink.start(3);
    expected = execute(new Run("undisturbed", 1, 0, true, false), -1, 1);
  }

  @AfterAll
  static void stop() {
    flink.close();
  }

  @Test
  void everyRecordLeavesOnceByOneOfTwoWays() {
    assertThat(expected.all().cardinality()).isEqualTo(RECORDS);
    assertThat(expected.predicted().intersects(expected.dead())).isFalse();
    assertThat(expected.dead().cardinality()).isEqualTo(RECORDS / 1000 * 4);
    // Windows of ten minutes; two input columns, one output column, one summary each.
    int windows = (RECORDS * CrashingRecords.MILLIS_APART + 599_999) / 600_000;
    assertThat(expected.inputs()).hasSize(3 * windows);
    assertThat(expected.outputs()).hasSize(2 * windows);
  }

  @ParameterizedTest
  @CsvSource({
    // parallelism, infer.parallelism, chained, unaligned checkpoints, records before the crash
    "1, 0, true, false, 40000",
    "2, 0, true, true, 20000",
    "1, 0, false, false, 40000",
    "2, 0, false, true, 20000",
    "1, 3, true, false, 40000",
    "2, 3, true, true, 20000",
    // Late enough that windows have closed before.
    "1, 0, true, false, 190000",
    "2, 0, false, false, 90000",
  })
  void nothingIsLostInACrashRightAfterACheckpoint(
      int parallelism, int inferParallelism, boolean chained, boolean unaligned, int crashAfter)
      throws Exception {
    Run run =
        new Run(
            "crash-" + parallelism + inferParallelism + chained + unaligned + crashAfter,
            parallelism,
            inferParallelism,
            chained,
            unaligned);
    Output output = execute(run, crashAfter, 1);
    assertThat(CrashingRecords.CRASHED).contains(run.name());
    BitSet missing = expected.all();
    missing.andNot(output.all());
    assertThat(missing.cardinality()).as("records missing").isZero();
    assertThat(output.predicted()).isEqualTo(expected.predicted());
    assertThat(output.dead()).isEqualTo(expected.dead());
    assertThat(output.inputs()).isEqualTo(expected.inputs());
    assertThat(output.outputs()).isEqualTo(expected.outputs());
  }

  @ParameterizedTest
  @CsvSource({"2, 0, true", "1, 3, true", "2, 3, false"})
  void profilesAreTheSameBytesAtAnyParallelism(
      int parallelism, int inferParallelism, boolean chained) throws Exception {
    Run run =
        new Run(
            "spread-" + parallelism + inferParallelism,
            parallelism,
            inferParallelism,
            chained,
            false);
    Output output = execute(run, -1, 1);
    assertThat(output).isEqualTo(expected);
  }

  @Test
  void rowsOfAPartitionStayInOrderWhereInferenceIsSpread() throws Exception {
    Run run = new Run("order", 1, 3, true, false);
    submit(run, -1, 5);
    Map<Integer, Long> last = new HashMap<>();
    Map<Integer, Integer> subtasks = new HashMap<>();
    int count = 0;
    for (CollectingSink.Collected collected : CollectingSink.take("order-predictions")) {
      Coordinates at = coordinates(collected.message());
      assertThat(at.offset()).isGreaterThan(last.getOrDefault(at.partition(), -1L));
      assertThat(subtasks.getOrDefault(at.partition(), collected.subtask()))
          .isEqualTo(collected.subtask());
      last.put(at.partition(), at.offset());
      subtasks.put(at.partition(), collected.subtask());
      count++;
    }
    assertThat(count).isEqualTo(expected.predicted().cardinality());
    assertThat(subtasks.values()).contains(0, 1, 2);
    for (String sink : List.of("dead-letters", "input-profiles", "output-profiles", "alarms")) {
      CollectingSink.take("order-" + sink);
    }
  }

  private static Output execute(Run run, long crashAfter, int partitions) throws Exception {
    submit(run, crashAfter, partitions);
    BitSet predicted = new BitSet();
    for (CollectingSink.Collected collected : CollectingSink.take(run.name() + "-predictions")) {
      predicted.set((int) coordinates(collected.message()).offset());
    }
    BitSet dead = new BitSet();
    GenericDatumReader<GenericRecord> reader =
        new GenericDatumReader<>(
            dev.sluice.avro.DeadLetter.getClassSchema(),
            dev.sluice.avro.DeadLetter.getClassSchema(),
            new GenericData());
    for (CollectingSink.Collected collected : CollectingSink.take(run.name() + "-dead-letters")) {
      byte[] value = collected.message().value();
      GenericRecord letter = reader.read(null, DecoderFactory.get().binaryDecoder(value, null));
      dead.set(((Long) letter.get("offset")).intValue());
    }
    return new Output(
        predicted,
        dead,
        lastByKey(CollectingSink.take(run.name() + "-input-profiles")),
        lastByKey(CollectingSink.take(run.name() + "-output-profiles")));
  }

  private static Map<String, ByteBuffer> lastByKey(Queue<CollectingSink.Collected> messages) {
    Map<String, ByteBuffer> last = new TreeMap<>();
    for (CollectingSink.Collected collected : messages) {
      last.put(
          new String(collected.message().key(), StandardCharsets.UTF_8),
          ByteBuffer.wrap(collected.message().value()));
    }
    return last;
  }

  private record Coordinates(int partition, long offset) {}

  /** Reads the head of a Prediction.avsc record. */
  private static Coordinates coordinates(KafkaMessage message) throws IOException {
    BinaryDecoder in = DecoderFactory.get().binaryDecoder(message.value(), null);
    if (in.readIndex() == 1) {
      in.readBytes(null);
    }
    in.readString();
    return new Coordinates(in.readInt(), in.readLong());
  }

  private static void submit(Run run, long crashAfter, int partitions) throws Exception {
    StreamExecutionEnvironment env = flink.environment();
    env.setParallelism(run.parallelism());
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.OPERATOR_CHAINING, run.chained());
    configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofSeconds(1));
    configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, run.unaligned());
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 2);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    env.configure(configuration);
    env.enableCheckpointing(150);
    JobPlan plan = plan(run);
    new InferencePipeline(
            plan,
            new PipelineSinks(
                new CollectingSink(run.name() + "-predictions"),
                new CollectingSink(run.name() + "-dead-letters"),
                new CollectingSink(run.name() + "-input-profiles"),
                new CollectingSink(run.name() + "-output-profiles"),
                new CollectingSink(run.name() + "-alarms"),
                false))
        .build(
            env.fromSource(
                    new NumberSequenceSource(0, RECORDS - 1),
                    WatermarkStrategy.noWatermarks(),
                    "numbers")
                .map(
                    new CrashingRecords(run.name(), crashAfter, partitions),
                    ArrowTypes.ENCODED_RECORD)
                .assignTimestampsAndWatermarks(
                    new EventTimeWatermarks(
                        plan.decoding(),
                        "ts",
                        Duration.ofHours(1),
                        Duration.ofSeconds(1),
                        Duration.ZERO,
                        Duration.ZERO)));
    env.execute(run.name());
  }

  private static JobPlan plan(Run run) {
    return new JobPlan(
        OptionReader.read(
            Map.of(
                "kafka.bootstrap-servers", "localhost:1",
                "features.schema", "unused",
                "model.uri", "unused",
                "profile.window", "PT10M",
                "batch.max-rows", "65536",
                "batch.max-delay", "5 s",
                "batch.max-quiet", "0",
                "infer.parallelism", Integer.toString(run.inferParallelism()))),
        RecordDecoding.plain(CrashingRecords.SCHEMA),
        "ts",
        LAYOUT,
        new ModelIdentity("model", "1", "sha-of-model"),
        new DoublingLoader(),
        new ModelLocation(".", false, false),
        baseline(),
        "sha-of-profile",
        OutputFramings.NONE);
  }

  private static DataProfile baseline() {
    double[] edges = {0, 10, 20, 50, 100, 200};
    NumberStatistics numbers = new NumberStatistics(Grid.of(edges), 20);
    numbers.add(edges, edges.length);
    TextStatistics texts = new TextStatistics(TextStatistics.DEFAULT_MAX_VALUES);
    texts.add("a");
    ColumnProfile x = numbers.toProfile("x", ElementType.FLOAT, List.of(10.0, 50.0));
    Expectation range = Expectation.range("x", 0.0, 1e6, Severity.CRITICAL);
    return new DataProfile(
        ProfileKind.BASELINE,
        new ProfiledModel("model", "1", "sha-of-model"),
        ProfiledWindow.none(""),
        RowCounts.of(edges.length),
        List.of(
            x.withExpectations(List.of(range)),
            texts.toProfile("s", ElementType.STRING, List.of())),
        List.of(numbers.toProfile("y", ElementType.FLOAT, List.of(10.0, 50.0))),
        List.of(),
        null,
        "");
  }

  /** Gives 2x, and refuses rows with {@link CrashingRecords#REFUSED}. */
  private static final class DoublingLoader implements ModelLoader {
    private static final long serialVersionUID = 1L;

    @Override
    public Model load(ModelPlace place, FeatureLayout layout, int maxRows) {
      return new Model() {
        @Override
        public void score(FeatureBatch batch, int from, int to, PredictionBatch result)
            throws ModelException {
          if (result.outputs().isEmpty()) {
            TensorBuffer values = new TensorBuffer(ElementType.FLOAT, 1, batch.capacity());
            result.outputs().add(new OutputTensor("y", List.of(), values));
          }
          TensorBuffer values = result.outputs().get(0).values();
          for (int row = from; row < to; row++) {
            float x = batch.tensor(0).floatAt(row);
            if (x == CrashingRecords.REFUSED) {
              throw new ModelException("x is " + x);
            }
            values.setFloat(row, 2 * x);
          }
        }

        @Override
        public void close() {}
      };
    }
  }
}
