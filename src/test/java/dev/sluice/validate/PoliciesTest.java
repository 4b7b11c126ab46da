package dev.sluice.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.ValidationOptions;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.MaxAge;
import dev.sluice.expect.NoParameters;
import dev.sluice.metric.RecordedMetrics;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import dev.sluice.serial.ArrowTypes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

/** What becomes of rows that do not meet something, and what is known of their senders. */
@SuppressWarnings("try") // closing a harness can be interrupted
class PoliciesTest {
  private static final OutputTag<DeadLetter> REJECTED =
      new OutputTag<>("rejected", ArrowTypes.DEAD_LETTER);
  private static final OutputTag<FeatureRow> ROWS =
      new OutputTag<>("rejected-rows", ArrowTypes.FEATURE_ROW);
  private static final long NOW = Columns.KAFKA_TIMESTAMP;

  private static Columns columns() {
    return new Columns()
        .with("f", ElementType.DOUBLE, Expectation.range("f", 0.0, 1.0, Severity.CRITICAL))
        .takenAs(ElementType.FLOAT)
        .with(
            "id",
            ElementType.INT64,
            Expectation.of(ExpectationType.PRESENT, "id", Severity.CRITICAL))
        .takenAs(ElementType.INT64);
  }

  @Test
  void flagsWhatTheModelCanTake() throws Exception {
    try (var harness = open(columns(), Map.of("validation.on-critical", "flag"), null)) {
      harness.processElement(columns().row(2.0, 1), 0);
      assertThat(harness.extractOutputValues()).hasSize(1);
      assertThat(harness.extractOutputValues().get(0).violations())
          .containsExactly(
              new Violation(
                  "f", Reason.OUT_OF_RANGE, Severity.CRITICAL, "2.0", "range [0, 1]", "[0, 1]", 0));
      assertThat(letters(harness)).isEmpty();

      harness.processElement(columns().row(2.0, null), 0);
      harness.processElement(columns().row(1e300, 1), 0);
      FeatureRow timeless = columns().row(0.5, 1);
      timeless.setEventTime(DeadLetter.NO_EVENT_TIME);
      harness.processElement(timeless, 0);
      assertThat(harness.extractOutputValues()).hasSize(1);
      assertThat(letters(harness))
          .extracting(letter -> letter.violations().stream().map(Violation::reason).toList())
          .containsExactly(
              List.of(Reason.OUT_OF_RANGE, Reason.MISSING),
              List.of(Reason.WRONG_TYPE, Reason.OUT_OF_RANGE),
              List.of(Reason.MISSING));
    }
  }

  @Test
  void stopsTheJobForGood() throws Exception {
    try (var harness = open(columns(), Map.of("validation.on-critical", "fail-job"), null)) {
      harness.processElement(columns().row(0.5, 1), 0);
      assertThatThrownBy(() -> harness.processElement(columns().row(2.0, 1), 0))
          .isInstanceOf(SuppressRestartsException.class)
          .hasRootCauseMessage(
              "record at topic features, partition 2, offset 9: feature f is 2.0, expected range"
                  + " [0, 1] (validation.on-critical is fail-job)");
      assertThat(letters(harness)).isEmpty();
    }
  }

  @Test
  void countsByReasonAndProducer() {
    RecordedMetrics metrics = new RecordedMetrics();
    ValidateMetrics counters = new ValidateMetrics(metrics, "sender");
    Violation first = new Violation("f", Reason.NAN, Severity.CRITICAL, "", "");
    Violation other = new Violation("f", Reason.MISSING, Severity.CRITICAL, "", "");
    counters.rejected(from("north"), first);
    counters.rejected(from("north"), first);
    counters.rejected(from("south"), other);
    counters.rejected(from(null), first);
    for (int i = 0; i < 200; i++) {
      counters.rejected(from("p" + i), other);
    }
    assertThat(metrics.value("records_rejected_total")).isEqualTo(204);
    assertThat(metrics.value("records_rejected_total{reason=NAN}")).isEqualTo(3);
    assertThat(metrics.value("records_rejected_total{reason=MISSING}")).isEqualTo(201);
    assertThat(metrics.value("records_rejected_total{reason=NAN,producer=north}")).isEqualTo(2);
    assertThat(metrics.value("records_rejected_total{reason=MISSING,producer=south}")).isOne();
    assertThat(metrics.value("records_rejected_total{reason=NAN,producer=unknown}")).isOne();
    assertThat(metrics.value("records_rejected_total{reason=MISSING,producer=p97}")).isOne();
    assertThat(metrics.value("records_rejected_total{reason=MISSING,producer=other}"))
        .isEqualTo(102);
  }

  @Test
  void countsWhatGoesOn() throws Exception {
    Columns columns =
        columns().with("w", ElementType.DOUBLE, Expectation.range("w", 0.0, 1.0, Severity.WARNING));
    RecordedMetrics metrics = new RecordedMetrics();
    try (MockEnvironment environment = metrics.environment();
        var harness =
            new OneInputStreamOperatorTestHarness<>(
                operator(columns, "ts", Map.of("validation.on-critical", "flag")), environment)) {
      start(harness, null);
      harness.processElement(columns.row(0.5, 1, 2.0), 0); // warned of
      harness.processElement(columns.row(0.5, 1, 0.5), 0);
      harness.processElement(columns.row(0.7, 1, 0.5), 0);
      for (int i = 0; i < 4; i++) {
        harness.processElement(columns.row(2.0, 1, 2.0), 0); // flagged
      }
      harness.processElement(columns.row(0.5, null, 2.0), 0); // rejected
      assertThat(harness.extractOutputValues()).hasSize(7);
      assertThat(letters(harness)).hasSize(1);
    }
    assertThat(metrics.value("records_valid_total")).isEqualTo(7);
    assertThat(metrics.value("records_warned_total")).isEqualTo(1);
    assertThat(metrics.value("records_flagged_total")).isEqualTo(4);
    assertThat(metrics.value("records_rejected_total")).isEqualTo(1);
  }

  @Test
  void countsWithoutProducers() {
    RecordedMetrics metrics = new RecordedMetrics();
    Violation first = new Violation("f", Reason.NAN, Severity.CRITICAL, "", "");
    new ValidateMetrics(metrics, "").rejected(from("north"), first);
    assertThat(metrics.names())
        .containsExactlyInAnyOrder(
            "records_valid_total",
            "records_warned_total",
            "records_flagged_total",
            "records_rejected_total",
            "records_rejected_total{reason=NAN}");
  }

  @Test
  void rejectsStaleEventTimes() throws Exception {
    Columns columns = new Columns().expecting(freshness(Duration.ofMinutes(1)));
    try (var harness = open(columns, Map.of(), null)) {
      for (long age : new long[] {-1, 0, 60_000, 60_001, NOW}) {
        harness.processElement(at(columns, 0, NOW - age), 0);
      }
      harness.processElement(at(columns, 0, Long.MIN_VALUE + 1), 0);
      assertThat(harness.extractOutputValues()).hasSize(3);
      assertThat(letters(harness))
          .extracting(DeadLetter::reason)
          .containsExactly(Reason.STALE, Reason.STALE, Reason.STALE);
      assertThat(letters(harness).get(0).message())
          .isEqualTo(
              "feature ts is 2023-11-14T22:12:19.999Z, expected event time at most PT1M before"
                  + " Kafka's timestamp");
    }
    Columns forever = new Columns().expecting(freshness(Duration.ofSeconds(Long.MAX_VALUE)));
    FeatureRow old = at(forever, 0, -NOW);
    assertThat(forever.validator().check(old)).isTrue();
  }

  @Test
  void followsTheEventTimeOfEachPartition() throws Exception {
    Columns columns = new Columns().expecting(monotone());
    try (var harness = open(columns, Map.of(), null)) {
      harness.processElement(at(columns, 0, 100), 0);
      harness.processElement(at(columns, 0, 100), 0);
      harness.processElement(at(columns, 0, 99), 0); // before it
      harness.processElement(at(columns, 5, 50), 0);
      harness.processElement(at(columns, 5, 49), 0); // before it
      harness.processElement(at(columns, 0, NOW + 3_600_001), 0); // ahead, and no measure
      harness.processElement(at(columns, 0, 101), 0);
      assertThat(letters(harness))
          .extracting(DeadLetter::reason)
          .containsExactly(Reason.OUT_OF_ORDER, Reason.OUT_OF_ORDER, Reason.EVENT_TIME_AHEAD);
      assertThat(harness.extractOutputValues()).hasSize(4);
    }
  }

  @Test
  void remembersTheEventTimesAcrossRestarts() throws Exception {
    Columns columns = new Columns().expecting(monotone());
    OperatorSubtaskState first;
    OperatorSubtaskState second;
    try (var harness = open(columns, Map.of(), null)) {
      harness.processElement(at(columns, 0, 100), 0);
      first = harness.snapshot(1, 1);
    }
    try (var harness = open(columns, Map.of(), first)) {
      harness.processElement(at(columns, 1, 200), 0);
      second = harness.snapshot(2, 2);
    }
    OperatorSubtaskState both = AbstractStreamOperatorTestHarness.repackageState(first, second);
    try (var harness = open(columns, Map.of(), both)) {
      harness.processElement(at(columns, 0, 99), 0);
      harness.processElement(at(columns, 1, 199), 0);
      harness.processElement(at(columns, 0, 100), 0);
      harness.processElement(at(columns, 1, 200), 0);
      assertThat(letters(harness)).extracting(l -> l.source().partition()).containsExactly(0, 1);
      assertThat(harness.extractOutputValues()).hasSize(2);
    }
  }

  /** Another field may be hours behind: its records are in order all the same. */
  @Test
  void forgetsTheEventTimesOfAnotherField() throws Exception {
    OperatorSubtaskState state;
    try (var harness = open(new Columns().expecting(monotone("a")), "a", Map.of(), null)) {
      harness.processElement(at(new Columns(), 0, 10), 0);
      state = harness.snapshot(1, 1);
    }
    try (var harness = open(new Columns().expecting(monotone("b")), "b", Map.of(), state)) {
      harness.processElement(at(new Columns(), 0, 4), 0);
      assertThat(harness.extractOutputValues()).hasSize(1);
      harness.processElement(at(new Columns(), 0, 3), 0);
      assertThat(letters(harness))
          .extracting(DeadLetter::reason)
          .containsExactly(Reason.OUT_OF_ORDER);
      state = harness.snapshot(2, 2);
    }
    try (var harness = open(new Columns().expecting(monotone("b")), "b", Map.of(), state)) {
      harness.processElement(at(new Columns(), 0, 3), 0);
      assertThat(letters(harness)).as("those of this field are known").hasSize(1);
    }
  }

  @Test
  void hasNoUnionThatASavepointAtTheStopOfAJobCouldBeRefusedFor() throws Exception {
    Columns columns = new Columns().expecting(monotone());
    try (var harness = open(columns, Map.of(), null)) {
      harness.processElement(at(columns, 0, 100), 0);
      assertThat(harness.snapshot(1, 1).getManagedOperatorState())
          .flatExtracting(handle -> handle.getStateNameToPartitionOffsets().values())
          .extracting(OperatorStateHandle.StateMetaInfo::getDistributionMode)
          .containsOnly(OperatorStateHandle.Mode.SPLIT_DISTRIBUTE);
    }
  }

  private static Expectation freshness(Duration age) {
    return Expectation.of(
        ExpectationType.FRESHNESS, List.of("ts"), new MaxAge(age), Severity.CRITICAL);
  }

  private static Expectation monotone() {
    return monotone("ts");
  }

  private static Expectation monotone(String field) {
    return Expectation.of(
        ExpectationType.MONOTONE, List.of(field), NoParameters.NONE, Severity.CRITICAL);
  }

  private static FeatureRow at(Columns columns, int partition, long eventTime) {
    FeatureRow row = columns.row();
    row.reset(new EncodedRecord("features", partition, 1, NOW, null, null, Header.NONE));
    row.setEventTime(eventTime);
    return row;
  }

  private static FeatureRow from(String producer) {
    FeatureRow row = new Columns().row();
    Header[] headers =
        producer == null
            ? Header.NONE
            : new Header[] {new Header("sender", producer.getBytes(StandardCharsets.UTF_8))};
    row.reset(new EncodedRecord("features", 0, 1, NOW, null, null, headers));
    return row;
  }

  private static List<DeadLetter> letters(
      OneInputStreamOperatorTestHarness<FeatureRow, FeatureRow> harness) {
    var output = harness.getSideOutput(REJECTED);
    return output == null ? List.of() : output.stream().map(StreamRecord::getValue).toList();
  }

  private static OneInputStreamOperatorTestHarness<FeatureRow, FeatureRow> open(
      Columns columns, Map<String, String> options, OperatorSubtaskState state) throws Exception {
    return open(columns, "ts", options, state);
  }

  private static OneInputStreamOperatorTestHarness<FeatureRow, FeatureRow> open(
      Columns columns,
      String eventTimeField,
      Map<String, String> options,
      OperatorSubtaskState state)
      throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<>(
            operator(columns, eventTimeField, options), 1, 1, 0);
    start(harness, state);
    return harness;
  }

  private static ProcessOperator<FeatureRow, FeatureRow> operator(
      Columns columns, String eventTimeField, Map<String, String> options) {
    return new ProcessOperator<>(
        new ValidateFunction(
            columns.layout(),
            columns.profile(),
            eventTimeField,
            Duration.ofHours(1),
            ValidationOptions.from(Configuration.fromMap(options)),
            REJECTED,
            ROWS));
  }

  private static void start(
      OneInputStreamOperatorTestHarness<FeatureRow, FeatureRow> harness, OperatorSubtaskState state)
      throws Exception {
    harness.setup(ArrowTypes.FEATURE_ROW.createSerializer(null));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }
}
