package dev.sluice.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.ExecutionOptions;
import dev.sluice.config.NanOutput;
import dev.sluice.config.OutputOptions;
import dev.sluice.metric.RecordedMetrics;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.Header;
import dev.sluice.record.OutputLimit;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import dev.sluice.serial.ArrowTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.MockStreamingRuntimeContext;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

class InferFunctionTest {
  private final FeatureLayout layout =
      TestBatches.layout(TestBatches.input("x", ElementType.DOUBLE, 1));
  private static final ModelLocation HERE = new ModelLocation(".", false, false);

  private final FakeModel model = new FakeModel();
  private final RecordedMetrics metrics = new RecordedMetrics();

  @Test
  void scoresCountsAndCloses() throws Exception {
    InferFunction function = function((place, given, maxRows) -> model);
    function.setRuntimeContext(recording());
    function.open(DefaultOpenContext.INSTANCE);
    FeatureBatch batch = batch(1, -2, 3);

    PredictionBatch first = function.map(batch);
    PredictionBatch second = function.map(batch(4));

    assertThat(second).isSameAs(first);
    assertThat(second.size()).isEqualTo(1);
    assertThat(second.outputs().get(0).values().numberAt(0)).isEqualTo(40);
    assertThat(metrics.value("batches_scored_total")).isEqualTo(2);
    assertThat(metrics.value("records_scored_total")).isEqualTo(3);
    assertThat(metrics.value("records_unscored_total")).isEqualTo(1);
    assertThat(metrics.value("records_nan_kept_total")).isZero();
    assertThat(metrics.histogramOf("inference_seconds").getCount()).isEqualTo(2);
    assertThat(metrics.value("inference_seconds_total")).isPositive().isLessThan(60);
    assertThat(metrics.value("model_load_seconds")).isPositive().isLessThan(60);
    assertThat(metrics.value("model_gpu_fallback")).isZero();
    assertThat(metrics.names()).contains("model_batch_cap_records");
    function.close();
    function.close();
    assertThat(model.closed).isTrue();
  }

  private MockStreamingRuntimeContext recording() {
    return new MockStreamingRuntimeContext(1, 0) {
      @Override
      public OperatorMetricGroup getMetricGroup() {
        return metrics;
      }
    };
  }

  @Test
  void splitsFailuresOffAndForwardsTheBatch() throws Exception {
    PredictionBatch scored = new PredictionBatch();
    new Bisection(model).score(batch(1, -2, Double.NaN), scored);
    OutputTag<DeadLetter> tag = new OutputTag<>("failed", TypeInformation.of(DeadLetter.class));
    SplitFunction split = new SplitFunction(OutputLimit.NONE, tag);
    split.setRuntimeContext(recording());
    split.open(DefaultOpenContext.INSTANCE);
    List<DeadLetter> letters = new ArrayList<>();
    List<PredictionBatch> forwarded = new ArrayList<>();

    split.processElement(scored, context(split, letters), new ListCollector<>(forwarded));

    assertThat(forwarded).containsExactly(scored);
    assertThat(letters).extracting(DeadLetter::kind).containsOnly(DeadLetter.Kind.FAILED);
    assertThat(letters)
        .extracting(DeadLetter::reason)
        .containsExactly(Reason.MODEL_ERROR, Reason.NAN_OUTPUT);
    assertThat(letters.get(0).message()).isEqualTo("x is -2.0");
    assertThat(letters.get(0).source().coordinates()).isEqualTo("features-0@1");
    assertThat(letters.get(0).eventTime()).isEqualTo(1001);
    assertThat(metrics.value("records_failed_total")).isEqualTo(2);
    assertThat(metrics.value("records_failed_total{reason=MODEL_ERROR}")).isEqualTo(1);
    assertThat(metrics.value("records_failed_total{reason=NAN_OUTPUT}")).isEqualTo(1);
    assertThat(metrics.value("tombstones_failed_total")).isZero();
  }

  @Test
  void whatIsTooLargeToBeWrittenFails() throws Exception {
    assertEvenOffsetsFail(new EvenOffsets(), Reason.OUTPUT_TOO_LARGE, "too much");
  }

  @Test
  void whatLacksAKeyFails() throws Exception {
    assertEvenOffsetsFail(new EvenKeyless(), Reason.NO_KEY, "no key");
  }

  private void assertEvenOffsetsFail(OutputLimit limit, Reason reason, String message)
      throws Exception {
    FeatureBatch features = batch(1, 2, 3);
    features.appendTombstone(new EncodedRecord("features", 0, 8, 0, null, null, Header.NONE));
    features.appendTombstone(new EncodedRecord("features", 0, 9, 0, null, null, Header.NONE));
    PredictionBatch scored = new PredictionBatch();
    new Bisection(model).score(features, scored);
    OutputTag<DeadLetter> tag = new OutputTag<>("failed", TypeInformation.of(DeadLetter.class));
    SplitFunction split = new SplitFunction(limit, tag);
    OneInputStreamOperatorTestHarness<PredictionBatch, PredictionBatch> harness =
        new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(split), 1, 1, 0);
    harness.setup(ArrowTypes.PREDICTION_BATCH.createSerializer(null));
    harness.open();

    harness.processElement(scored, 1);

    PredictionBatch forwarded = harness.extractOutputValues().get(0);
    assertThat(forwarded.failure(0)).isEqualTo(reason);
    assertThat(forwarded.isPredicted(1)).isTrue();
    assertThat(forwarded.failure(2)).isEqualTo(reason);
    assertThat(harness.getSideOutput(tag))
        .extracting(record -> record.getValue().source().offset())
        .containsExactly(0L, 2L, 8L);
    assertThat(harness.getSideOutput(tag))
        .extracting(StreamRecord::getValue)
        .allMatch(letter -> letter.kind() == DeadLetter.Kind.FAILED)
        .allMatch(letter -> letter.reason() == reason)
        .allMatch(letter -> letter.message().equals(message));
    harness.close();
  }

  /** Everything of an even offset is too large. */
  private static final class EvenOffsets implements OutputLimit {
    private static final long serialVersionUID = 1L;

    @Override
    public String excess(PredictionBatch batch, int row) {
      return excess(batch.features().source(row));
    }

    @Override
    public String excess(EncodedRecord record) {
      return record.offset() % 2 == 0 ? "too much" : null;
    }
  }

  /** Everything of an even offset lacks a key, and is too large besides. */
  private static final class EvenKeyless implements OutputLimit {
    private static final long serialVersionUID = 1L;

    private final EvenOffsets even = new EvenOffsets();

    @Override
    public String excess(PredictionBatch batch, int row) {
      return even.excess(batch, row);
    }

    @Override
    public String excess(EncodedRecord record) {
      return even.excess(record);
    }

    @Override
    public String missingKey(EncodedRecord record) {
      return even.excess(record) == null ? null : "no key";
    }
  }

  private static SplitFunction.Context context(SplitFunction split, List<DeadLetter> letters) {
    return split.new Context() {
      @Override
      public Long timestamp() {
        return null;
      }

      @Override
      public TimerService timerService() {
        throw new UnsupportedOperationException();
      }

      @Override
      public <X> void output(OutputTag<X> tag, X value) {
        letters.add((DeadLetter) value);
      }
    };
  }

  private InferFunction function(ModelLoader loader) {
    return new InferFunction(
        loader,
        HERE,
        layout,
        10,
        ExecutionOptions.cpu(),
        NanOutput.FAIL_RECORD,
        OutputOptions.NONE);
  }

  private FeatureBatch batch(double... values) {
    FeatureBatch batch = new FeatureBatch(layout, 10);
    for (double value : values) {
      TestBatches.append(batch, value);
    }
    return batch;
  }

  /** The message is that of the cause, which Flink shows beside its own. */
  @Test
  void whatTheClusterLacksStopsTheJobForGood() {
    InferFunction function =
        function(
            (place, given, maxRows) -> {
              new OffHeapBudget(1_000_000, 1).requireDirect("model m", 2_000_000);
              return model;
            });
    function.setRuntimeContext(recording());

    assertThatThrownBy(() -> function.open(DefaultOpenContext.INSTANCE))
        .isInstanceOf(SuppressRestartsException.class)
        .hasRootCauseInstanceOf(ClusterSetupException.class)
        .hasRootCauseMessage(
            "model m: direct buffers take 2 mb in each of 1 slots, but the task manager grants 1 mb outside the heap; set taskmanager.memory.task.off-heap.size to at least 2 mb, or make batch.max-rows smaller");
  }

  /** Another worker may have the GPU that this one lacks. */
  @Test
  void whatMayBeOtherwiseElsewhereRestartsTheJob() {
    InferFunction function =
        function(
            (place, given, maxRows) -> {
              throw new IllegalStateException("cuda was required");
            });
    function.setRuntimeContext(recording());

    assertThatThrownBy(() -> function.open(DefaultOpenContext.INSTANCE))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("cuda was required");
  }

  private InferFunction telling(List<Cancellation> told) {
    return function(
        (place, given, maxRows) -> {
          told.add(place.cancellation());
          return new FakeModel();
        });
  }

  /** A thread that waits for the runtime listens to no interrupt. */
  @Test
  void aCancelledTaskEndsItsRuns() throws Exception {
    List<Cancellation> told = new ArrayList<>();
    InferOperator operator = new InferOperator(telling(told));
    OneInputStreamOperatorTestHarness<FeatureBatch, PredictionBatch> harness =
        new OneInputStreamOperatorTestHarness<>(operator);
    harness.open();
    CloseableRegistry cancelables = operator.getContainingTask().getCancelables();
    assertThat(cancelables.isCloseableRegistered(told.get(0))).isTrue();
    AtomicInteger ended = new AtomicInteger();
    told.get(0).endBy(ended::incrementAndGet);

    cancelables.close();

    assertThat(ended).hasValue(1);
    harness.close();
  }

  @Test
  void aTaskDoesNotHoldAModelThatIsClosed() throws Exception {
    List<Cancellation> told = new ArrayList<>();
    InferOperator operator = new InferOperator(telling(told));
    OneInputStreamOperatorTestHarness<FeatureBatch, PredictionBatch> harness =
        new OneInputStreamOperatorTestHarness<>(operator);
    harness.open();
    CloseableRegistry cancelables = operator.getContainingTask().getCancelables();
    operator.close();
    assertThat(cancelables.isCloseableRegistered(told.get(0))).isFalse();
    harness.close();
  }

  /** A model whose thread is stuck is reported by another, which has to reach the task. */
  @Test
  void stuckModelFailsTheTask() throws Exception {
    List<Consumer<Throwable>> told = new ArrayList<>();
    InferFunction function =
        function(
            (place, given, maxRows) -> {
              told.add(place.onHung());
              return new FakeModel();
            });
    OneInputStreamOperatorTestHarness<FeatureBatch, PredictionBatch> harness =
        new OneInputStreamOperatorTestHarness<>(new InferOperator(function));
    harness.open();
    harness.getEnvironment().setExpectedExternalFailureCause(IllegalStateException.class);

    told.get(0).accept(new IllegalStateException("hung"));

    assertThat(harness.getEnvironment().getActualExternalFailureCause().orElseThrow())
        .hasMessage("hung");
    harness.close();
  }
}
