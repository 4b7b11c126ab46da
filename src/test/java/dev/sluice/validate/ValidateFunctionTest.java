package dev.sluice.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.ValidationOptions;
import dev.sluice.expect.Expectation;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import dev.sluice.serial.ArrowTypes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ValidateFunctionTest {
  private static final OutputTag<DeadLetter> REJECTED =
      new OutputTag<>("rejected", ArrowTypes.DEAD_LETTER);
  private static final OutputTag<FeatureRow> ROWS =
      new OutputTag<>("rejected-rows", ArrowTypes.FEATURE_ROW);

  private final Columns columns =
      new Columns()
          .with("a", ElementType.DOUBLE, Expectation.range("a", 0.0, 1.0, Severity.WARNING))
          .with("b", ElementType.STRING, Expectation.oneOf("b", Set.of("x"), Severity.CRITICAL));
  private OneInputStreamOperatorTestHarness<FeatureRow, FeatureRow> harness;

  @BeforeEach
  void open() throws Exception {
    open(columns, Map.of());
  }

  private void open(Columns columns, Map<String, String> options) throws Exception {
    ValidateFunction function =
        new ValidateFunction(
            columns.layout(),
            columns.profile(),
            "ts",
            Duration.ofHours(1),
            ValidationOptions.from(Configuration.fromMap(options)),
            REJECTED,
            ROWS);
    harness = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(function), 1, 1, 0);
    harness.setup(ArrowTypes.FEATURE_ROW.createSerializer(null));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void keepsTheOrderOfGoodRowsAndTheirWarnings() throws Exception {
    harness.processElement(columns.row(0.5, "x"), 1);
    harness.processElement(columns.row(2.0, "x"), 2);
    harness.processElement(columns.row(3.0, "y"), 3);
    harness.processElement(columns.row(0.25, null), 4);

    List<FeatureRow> rows = harness.extractOutputValues();
    assertThat(rows).extracting(row -> row.doubleAt(0)).containsExactly(0.5, 2.0, 0.25);
    assertThat(rows.get(0).violations()).isEmpty();
    assertThat(rows.get(1).violations())
        .containsExactly(
            new Violation(
                "a", Reason.OUT_OF_RANGE, Severity.WARNING, "2.0", "range [0, 1]", "[0, 1]", 0));
    assertThat(rows.get(2).violations()).isEmpty();
  }

  @Test
  void sendsRejectedRowsToDeadLettersAndToTheProfile() throws Exception {
    FeatureRow row = columns.row(3.0, "y");
    row.setEventTime(Columns.KAFKA_TIMESTAMP - 5);
    harness.processElement(row, 3);

    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(letters())
        .containsExactly(
            new DeadLetter(
                DeadLetter.Kind.REJECTED,
                Reason.NOT_IN_SET,
                "feature b is y, expected one of x",
                row.violations(),
                row.source(),
                Columns.KAFKA_TIMESTAMP - 5));
    assertThat(letters().get(0).violations())
        .extracting(Violation::column)
        .containsExactly("a", "b");
    List<FeatureRow> rejected =
        harness.getSideOutput(ROWS).stream().map(StreamRecord::getValue).toList();
    assertThat(rejected).extracting(r -> r.textAt(1)).containsExactly("y");
  }

  @Test
  void asksNothingOfTombstones() throws Exception {
    FeatureRow tombstone = columns.row(0.5, "x");
    tombstone.resetToTombstone(tombstone.source());
    harness.processElement(tombstone, 1);
    assertThat(harness.extractOutputValues())
        .extracting(FeatureRow::isTombstone)
        .containsExactly(true);
    assertThat(harness.getSideOutput(REJECTED)).isNull();
  }

  @Test
  void keepsTheEventTimeThatItRejects() throws Exception {
    FeatureRow missing = columns.row(0.5, "x");
    missing.setEventTime(DeadLetter.NO_EVENT_TIME);
    harness.processElement(missing, 1);
    FeatureRow ahead = columns.row(0.5, "x");
    ahead.setEventTime(Long.MAX_VALUE);
    harness.processElement(ahead, 2);

    assertThat(letters())
        .extracting(DeadLetter::eventTime)
        .containsExactly(DeadLetter.NO_EVENT_TIME, Long.MAX_VALUE);
    assertThat(letters())
        .extracting(DeadLetter::reason)
        .containsExactly(Reason.MISSING, Reason.EVENT_TIME_AHEAD);
    assertThat(harness.getSideOutput(ROWS))
        .extracting(r -> r.getValue().eventTime())
        .containsOnly(Columns.KAFKA_TIMESTAMP);
  }

  private List<DeadLetter> letters() {
    return harness.getSideOutput(REJECTED).stream().map(StreamRecord::getValue).toList();
  }
}
