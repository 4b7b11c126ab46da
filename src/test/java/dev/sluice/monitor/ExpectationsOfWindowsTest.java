package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.AlarmOptions;
import dev.sluice.config.AlarmWindows;
import dev.sluice.config.DriftOptions;
import dev.sluice.config.EventTimeOptions;
import dev.sluice.encode.AlarmEncoder;
import dev.sluice.expect.Bounds;
import dev.sluice.expect.Condition;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.monitor.alarm.AlarmFunction;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.RejectionCount;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.KafkaMessage;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import dev.sluice.serial.ArrowTypes;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What rows say of expectations → counts, in parts and merged → results → alarms. */
class ExpectationsOfWindowsTest {
  private static final Expectation RANGE =
      Expectation.range("x", 0.0, 8.0, Severity.CRITICAL).withMostly(0.8);
  private static final Expectation NUMBERS = RANGE.withNanMissing();
  private static final Expectation PRESENT =
      Expectation.of(ExpectationType.PRESENT, "s", Severity.CRITICAL);
  private static final Expectation WHEN =
      Expectation.of(ExpectationType.NOT_NAN, "x", Severity.INFO)
          .withWhen(Condition.parse("s == 'N'"));
  private static final Expectation MEAN =
      Expectation.of(ExpectationType.MEAN, List.of("x"), Bounds.of(0.0, 1.0), Severity.WARNING);
  private static final Expectation ROWS =
      Expectation.of(
          ExpectationType.ROW_COUNT, List.of(), Bounds.of(null, 999.0), Severity.WARNING);
  private static final int RANGE_INDEX = 0;
  private static final int WHEN_INDEX = 1;
  private static final int PRESENT_INDEX = 4;

  private static DataProfile baseline() {
    DataProfile plain = Fixtures.baseline(0, 10, 20);
    return new DataProfile(
        plain.kind(),
        plain.model(),
        plain.window(),
        plain.counts(),
        List.of(
            plain.columns().get(0).withExpectations(List.of(RANGE, WHEN, MEAN, NUMBERS)),
            plain.columns().get(1).withExpectations(List.of(PRESENT))),
        plain.outputs(),
        List.of(ROWS),
        null,
        "");
  }

  /**
   * The i-th of 100 rows: x = i mod 10, so that 10 are 9; each 20th lacks s and is rejected, each
   * 25th lacks x, and of another 25th it is NaN.
   */
  private static FeatureRow row(int i) {
    FeatureRow row = new FeatureRow(Fixtures.LAYOUT);
    double x = i % 25 == 3 ? Double.NaN : i % 10;
    Fixtures.fill(row, i, x, i % 20 == 0 ? null : i % 2 == 0 ? "N" : "S");
    if (i % 25 == 5) {
      row.setDouble(0, Double.NaN);
    }
    if (i % 10 == 9) {
      violate(row, "x", Reason.OUT_OF_RANGE, Severity.WARNING, RANGE_INDEX);
      violate(row, "x", Reason.OUT_OF_RANGE, Severity.WARNING, RANGE_INDEX); // counts once
    }
    if (i % 2 == 0 && i % 20 != 0) {
      row.addEvaluated(WHEN_INDEX);
      row.addEvaluated(WHEN_INDEX);
    }
    if (i % 20 == 0) {
      violate(row, "s", Reason.MISSING, Severity.CRITICAL, PRESENT_INDEX);
    }
    return row;
  }

  private static void violate(
      FeatureRow row, String column, Reason reason, Severity severity, int index) {
    row.violations().add(new Violation(column, reason, severity, "", "", "", index));
  }

  private static List<DataProfile> publish(List<Integer> order, int parts) throws Exception {
    WindowPartial merged = null;
    for (int part = 0; part < parts; part++) {
      List<WindowPartial> flushed = new ArrayList<>();
      WindowPartials ofValid = partials(flushed);
      WindowPartials ofRejected = partials(flushed);
      InputObserver valid = new InputObserver(ofValid);
      RejectedObserver rejected = new RejectedObserver(Fixtures.LAYOUT, ofRejected, "");
      FeatureBatch batch = new FeatureBatch(Fixtures.LAYOUT, 100);
      for (int i = part; i < order.size(); i += parts) {
        FeatureRow row = row(order.get(i));
        if (order.get(i) % 20 == 0) {
          rejected.observe(row);
        } else {
          batch.append(row);
        }
      }
      valid.observe(batch);
      ofValid.flush();
      ofRejected.flush();
      assertThat(flushed).isNotEmpty();
      for (WindowPartial partial : flushed) {
        WindowPartial read = serialized(partial);
        if (merged == null) {
          merged = read;
        } else {
          merged.merge(read);
        }
      }
    }
    List<DataProfile> published = new ArrayList<>();
    new WindowProfiles(Fixtures.MODEL, new DriftOptions(0.2, 0.01, 1))
        .publishFinal(merged, 0, RowCounts.NONE, baseline(), new ListCollector<>(published));
    return published;
  }

  private static WindowPartials partials(List<WindowPartial> flushed) {
    return new WindowPartials(Fixtures.scope("PT1H", Fixtures.SHA, baseline()), flushed::add);
  }

  private static WindowPartial serialized(WindowPartial partial) throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    WindowPartialSerializer serializer = new WindowPartialSerializer();
    serializer.serialize(partial, out);
    return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
  }

  private static ExpectationResult result(List<DataProfile> profiles, Expectation expectation) {
    return profiles.stream()
        .flatMap(profile -> profile.findings().expectations().stream())
        .filter(result -> result.id().equals(expectation.id()))
        .findFirst()
        .orElseThrow();
  }

  private static List<ExpectationType> judged(String segment) throws Exception {
    WindowPartial window =
        new WindowPartial(
            ProfileKind.INPUT,
            Fixtures.MODEL.sha256(),
            Fixtures.SHA,
            segment,
            0,
            3_600_000,
            "PT1H",
            "UTC");
    window.add(RowCounts.valid(5));
    List<DataProfile> published = new ArrayList<>();
    new WindowProfiles(Fixtures.MODEL, new DriftOptions(0.2, 0.01, 1))
        .publishFinal(window, 0, RowCounts.NONE, baseline(), new ListCollector<>(published));
    return published.stream()
        .flatMap(profile -> profile.findings().expectations().stream())
        .map(ExpectationResult::type)
        .toList();
  }

  @Test
  void whatIsExpectedOfAllRecordsTogetherIsNotExpectedOfASegment() throws Exception {
    assertThat(judged("")).contains(ROWS.type(), MEAN.type(), RANGE.type());
    assertThat(judged("N"))
        .contains(RANGE.type(), PRESENT.type())
        .doesNotContain(ROWS.type(), MEAN.type());
  }

  private static List<Integer> order() {
    return new ArrayList<>(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void countsWhatEachExpectationWasAboutAndWhoDidNotMeetIt() throws Exception {
    List<DataProfile> profiles = publish(order(), 1);
    ExpectationResult range = result(profiles, RANGE);
    assertThat(range.evaluated()).as("those that have an x").isEqualTo(96);
    assertThat(range.unexpected()).isEqualTo(10);
    assertThat(range.met()).isTrue();
    ExpectationResult numbers = result(profiles, NUMBERS);
    assertThat(numbers.evaluated()).as("those whose x is not NaN either").isEqualTo(92);
    ExpectationResult present = result(profiles, PRESENT);
    assertThat(present.evaluated()).isEqualTo(100);
    assertThat(present.unexpected()).isEqualTo(5);
    assertThat(present.met()).isFalse();
    ExpectationResult when = result(profiles, WHEN);
    assertThat(when.evaluated()).as("those that were noted").isEqualTo(45);
    assertThat(when.met()).isTrue();
    assertThat(result(profiles, MEAN).met()).isFalse();
    assertThat(result(profiles, ROWS).met()).isTrue();
    DataProfile summary = profiles.get(2);
    assertThat(summary.columns()).isEmpty();
    assertThat(summary.findings().expectations())
        .extracting(ExpectationResult::id)
        .containsExactly(ROWS.id());
    assertThat(summary.findings().rejections())
        .containsExactly(new RejectionCount(Reason.MISSING, "", 5));
    assertThat(profiles.get(0).findings().rejections()).isEmpty();
  }

  @Test
  void theSameInAnyOrderAndAnyParts() throws Exception {
    List<DataProfile> expected = publish(order(), 1);
    for (int round = 0; round < 5; round++) {
      List<Integer> order = order();
      Collections.shuffle(order, new Random(round));
      assertThat(publish(order, 2 + round)).isEqualTo(expected);
    }
  }

  @Test
  void aProfileWithResultsIsReadBackAsItWasWritten() throws Exception {
    for (DataProfile profile : publish(order(), 1)) {
      byte[] bytes = DataProfileFile.toBytes(profile);
      assertThat(DataProfileFile.read(new ByteArrayInputStream(bytes), "p")).isEqualTo(profile);
    }
  }

  private static List<Alarm> alarms(double maxRejectShare, long minRows) throws Exception {
    AlarmFunction function =
        new AlarmFunction(
            Fixtures.MODEL.sha256(),
            Fixtures.SHA,
            Segments.NONE,
            Fixtures.options("PT0.1S", Duration.ZERO),
            new AlarmOptions(true, new AlarmWindows(2, 2), Duration.ZERO, maxRejectShare, minRows),
            0.01,
            EventTimeOptions.from(new Configuration()));
    KeyedOneInputStreamOperatorTestHarness<String, DataProfile, Alarm> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(function), AlarmFunction::key, Types.STRING);
    harness.setup(ArrowTypes.ALARM.createSerializer(null));
    harness.open();
    for (DataProfile profile : publish(order(), 1)) {
      harness.processElement(new StreamRecord<>(profile, profile.window().end() - 1));
    }
    harness.processWatermark(Watermark.MAX_WATERMARK);
    List<Alarm> alarms = harness.extractOutputValues();
    harness.close();
    return alarms;
  }

  @Test
  void anAlarmIsRaisedForWhatTheWindowDidNotMeet() throws Exception {
    assertThat(alarms(1, 1))
        .as("not for PRESENT, which rejects records one by one")
        .extracting(Alarm::message)
        .hasSize(1)
        .first()
        .asString()
        .startsWith("x: got 4.")
        .endsWith(", expected mean [0, 1]");
    assertThat(alarms(0.05, 100)).as("the share is 0.05").hasSize(1);
    assertThat(alarms(0.0499, 101)).as("there are 100 rows").hasSize(1);
    List<Alarm> alarms = alarms(0.0499, 100);
    assertThat(alarms).hasSize(2);
    assertThat(alarms.get(1).message())
        .isEqualTo(
            "5 of 100 records were rejected, expected a share of rejected records of at most"
                + " 0.0499; reasons of most: MISSING (5)");
    assertThat(alarms.get(1).evaluated()).isEqualTo(100);
    assertThat(alarms.get(1).unexpected()).isEqualTo(5);
  }

  @Test
  void anAlarmIsKeyedByWhatItIsAbout() throws Exception {
    List<Alarm> alarms = alarms(0, 1);
    KafkaMessage message = new AlarmEncoder().map(alarms.get(0));
    assertThat(new String(message.key(), StandardCharsets.UTF_8))
        .isEqualTo("EXPECTATION/INPUT/sha-of-model/sha-of-baseline//x/" + MEAN.id());
    assertThat(alarms.get(1).key()).isEqualTo("REJECT_SHARE/INPUT/sha-of-model/sha-of-baseline///");
    for (Alarm alarm : alarms) {
      DataOutputSerializer out = new DataOutputSerializer(64);
      var serializer = ArrowTypes.ALARM.createSerializer(null);
      serializer.serialize(alarm, out);
      assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
          .isEqualTo(alarm);
    }
  }
}
