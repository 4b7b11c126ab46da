package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.monitor.alarm.SilenceOperator;
import dev.sluice.profile.AdviceKind;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmState;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.RowCounts;
import dev.sluice.record.Severity;
import dev.sluice.serial.ArrowTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SilenceOperatorTest {
  private static final long MINUTE = 60_000;

  private Segments segments = Fixtures.segments("north", "south");
  private KeyedOneInputStreamOperatorTestHarness<String, WindowPartial, Alarm> harness;

  @AfterEach
  void close() throws Exception {
    if (harness != null) {
      harness.close();
    }
  }

  private void start(long minute, Duration silence, String model, OperatorSubtaskState state)
      throws Exception {
    close();
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new SilenceOperator(silence, segments, new ProfiledModel("m", "1", model), "baseline"),
            WindowPartial::segment,
            Types.STRING);
    harness.setup(ArrowTypes.ALARM.createSerializer(new SerializerConfigImpl()));
    harness.setProcessingTime(minute * MINUTE);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  private void start() throws Exception {
    start(0, Duration.ofMinutes(15), "model", null);
  }

  private OperatorSubtaskState snapshot() throws Exception {
    harness.prepareSnapshotPreBarrier(1);
    return harness.snapshot(1, 0);
  }

  private void minute(long minute) throws Exception {
    harness.setProcessingTime(minute * MINUTE);
  }

  private void rows(String segment, int rows) throws Exception {
    add(segment, RowCounts.valid(rows));
  }

  private void add(String segment, RowCounts counts) throws Exception {
    WindowPartial partial =
        new WindowPartial(ProfileKind.INPUT, "model", "baseline", segment, 0, 100, "PT0.1S", "UTC");
    partial.add(counts);
    harness.processElement(new StreamRecord<>(partial, 99));
  }

  private List<Alarm> alarms() {
    List<Alarm> alarms = new ArrayList<>(harness.extractOutputValues());
    harness.getOutput().clear();
    return alarms;
  }

  private List<String> states() {
    return alarms().stream().map(a -> a.state() + " " + a.window().segment()).toList();
  }

  @Test
  void namesTheSegmentThatIsSilentWhileOthersGoOn() throws Exception {
    start();
    for (int minute = 0; minute < 20; minute++) {
      minute(minute);
      rows("", 2);
      rows("north", 1);
      if (minute < 5) {
        rows("south", 1);
      }
      if (minute == 19) {
        assertThat(states()).containsExactly("RAISED south");
      } else {
        assertThat(states()).as("minute %d", minute).isEmpty();
      }
    }
    minute(33);
    assertThat(states()).isEmpty();
    minute(34);
    assertThat(states()).containsExactlyInAnyOrder("RAISED ", "RAISED north");
    minute(1000);
    assertThat(states()).as("once").isEmpty();
  }

  @Test
  void anAlarmSaysSinceWhenAndIsClearedOnce() throws Exception {
    start();
    rows("", 3);
    minute(10);
    rows("", 0);
    minute(15);
    Alarm raised = alarms().get(0);
    assertThat(raised.key()).isEqualTo("FEED_SILENT/INPUT/model/baseline///");
    assertThat(raised.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(raised.window().start()).isNull();
    assertThat(raised.course().since()).isZero();
    assertThat(raised.advice().kind()).isEqualTo(AdviceKind.FIX_FEED);
    assertThat(raised.expectedFalseAlarmRate()).isNull();
    assertThat(raised.message())
        .isEqualTo(
            "no record that can be decoded has come for 15 min:"
                + " the last came at 1970-01-01T00:00:00Z");
    minute(22);
    rows("", 1);
    rows("", 1);
    Alarm cleared = alarms().get(0);
    assertThat(cleared.key()).isEqualTo(raised.key());
    assertThat(cleared.state()).isEqualTo(AlarmState.CLEARED);
    assertThat(cleared.message()).isEqualTo("records come again, after 22 min");
    minute(36);
    assertThat(states()).isEmpty();
    minute(37);
    assertThat(states()).containsExactly("RAISED ");
  }

  @Test
  void theWholeFeedIsAwaitedFromTheStart() throws Exception {
    start(100, Duration.ofMinutes(15), "model", null);
    minute(114);
    assertThat(alarms()).isEmpty();
    minute(115);
    assertThat(alarms())
        .extracting(Alarm::message)
        .containsExactly(
            "no record that can be decoded has come for 15 min:"
                + " none has come since the job started at 1970-01-01T01:40:00Z");
  }

  @Test
  void timeInWhichTheJobDoesNotRunIsNobodysSilence() throws Exception {
    start();
    rows("", 1);
    rows("north", 1);
    minute(5);
    start(500, Duration.ofMinutes(15), "model", snapshot());
    minute(514);
    assertThat(alarms()).isEmpty();
    rows("", 1);
    minute(515);
    Alarm raised = alarms().get(0);
    assertThat(raised.state() + " " + raised.window().segment()).isEqualTo("RAISED north");
    assertThat(raised.message())
        .as("though its silence counts from the restart")
        .endsWith("the last came at 1970-01-01T00:00:00Z");
    assertThat(raised.course().since()).isZero();
  }

  @Test
  void anAlarmThatIsOpenIsClearedAfterARestartUnderItsOwnKey() throws Exception {
    start();
    rows("north", 1);
    minute(15);
    assertThat(states()).containsExactlyInAnyOrder("RAISED ", "RAISED north");
    start(20, Duration.ofMinutes(15), "another", snapshot());
    minute(90);
    assertThat(states()).as("raised once").isEmpty();
    rows("", 1);
    rows("north", 1);
    assertThat(alarms())
        .extracting(alarm -> alarm.state() + " " + alarm.key())
        .containsExactly(
            "CLEARED FEED_SILENT/INPUT/model/baseline///",
            "CLEARED FEED_SILENT/INPUT/model/baseline/north//");
  }

  @Test
  void undecodableRecordsAreNoSignOfLife() throws Exception {
    start();
    rows("", 1);
    minute(10);
    add("", RowCounts.malformed(5));
    minute(15);
    assertThat(states()).containsExactly("RAISED ");
    add("", RowCounts.malformed(5));
    assertThat(states()).isEmpty();
    add("", RowCounts.rejected(1));
    assertThat(states()).containsExactly("CLEARED ");
  }

  @Test
  void aSegmentThatTheJobGoesOnWithoutIsAwaitedNoLonger() throws Exception {
    start();
    rows("", 1);
    rows("north", 1);
    minute(5);
    segments = Fixtures.segments("south");
    start(5, Duration.ofMinutes(15), "model", snapshot());
    for (int minute = 5; minute < 40; minute++) {
      minute(minute);
      rows("", 1);
    }
    assertThat(states()).isEmpty();
    assertThat(harness.numProcessingTimeTimers()).isEqualTo(1);
  }

  @Test
  void theEndOfInputIsNoSilence() throws Exception {
    start();
    rows("", 1);
    harness.endInput();
    minute(100);
    assertThat(alarms()).isEmpty();
  }

  @Test
  void aSegmentHasOneTimerAtMost() throws Exception {
    start();
    for (int minute = 0; minute < 100; minute++) {
      minute(minute);
      rows("", 1);
      rows("north", 1);
      assertThat(harness.numProcessingTimeTimers()).isBetween(1, 2);
    }
    assertThat(alarms()).isEmpty();
  }

  @Test
  void aShorterSilenceHoldsFromTheRestartOn() throws Exception {
    start(0, Duration.ofHours(10), "model", null);
    rows("", 1);
    rows("north", 1);
    rows("south", 1);
    start(1, Duration.ofMinutes(15), "model", snapshot());
    assertThat(harness.numProcessingTimeTimers()).as("one of each").isEqualTo(3);
    minute(15);
    rows("south", 1);
    assertThat(states()).isEmpty();
    minute(16);
    assertThat(states()).containsExactlyInAnyOrder("RAISED ", "RAISED north");
    minute(30);
    assertThat(states()).containsExactly("RAISED south");
    minute(1000);
    assertThat(states()).as("once").isEmpty();
  }

  @Test
  void aLongerSilenceHoldsFromTheRestartOn() throws Exception {
    start();
    rows("", 1);
    start(1, Duration.ofMinutes(60), "model", snapshot());
    minute(60);
    assertThat(states()).isEmpty();
    minute(61);
    assertThat(states()).containsExactly("RAISED ");
  }

  @Test
  void nothingIsAwaitedWhereTheOptionIsZero() throws Exception {
    start();
    rows("", 1);
    start(1, Duration.ZERO, "model", snapshot());
    rows("", 1);
    minute(1_000_000);
    assertThat(alarms()).isEmpty();
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }

  @Test
  void theAlarmOfASegmentThatTheJobGoesOnWithoutIsCleared() throws Exception {
    start();
    rows("", 1);
    rows("north", 1);
    minute(15);
    assertThat(states()).containsExactlyInAnyOrder("RAISED ", "RAISED north");
    segments = Fixtures.segments("south");
    start(20, Duration.ofMinutes(15), "model", snapshot());
    minute(21);
    assertThat(alarms())
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.state() + " " + alarm.window().segment()).isEqualTo("CLEARED north");
              assertThat(alarm.message()).isEqualTo("the job goes on without segment north");
            });
    start(22, Duration.ofMinutes(15), "model", snapshot());
    minute(90);
    assertThat(states()).as("once").isEmpty();
  }
}
