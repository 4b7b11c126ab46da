package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.monitor.alarm.SilenceOperator;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.RowCounts;
import dev.sluice.serial.ArrowTypes;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever reads the alarms of all lives of a job finds each one cleared that was raised. */
class SilenceRestartTest {
  private static final long MINUTE = 60_000;

  private Segments segments = Fixtures.segments("north", "south");
  private KeyedOneInputStreamOperatorTestHarness<String, WindowPartial, Alarm> harness;

  @AfterEach
  void close() throws Exception {
    if (harness != null) {
      harness.close();
    }
  }

  /** Starts a job with checkpoints, after 15 minutes of silence an alarm. */
  private void start(long minute, OperatorSubtaskState state) throws Exception {
    close();
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new SilenceOperator(
                Duration.ofMinutes(15), segments, new ProfiledModel("m", "1", "model"), "baseline"),
            WindowPartial::segment,
            Types.STRING);
    harness
        .getEnvironment()
        .getJobConfiguration()
        .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMinutes(1));
    harness.setup(ArrowTypes.ALARM.createSerializer(new SerializerConfigImpl()));
    minute(minute);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  private OperatorSubtaskState snapshot(long checkpoint) throws Exception {
    harness.prepareSnapshotPreBarrier(checkpoint);
    return harness.snapshot(checkpoint, 0);
  }

  private void minute(long minute) throws Exception {
    harness.setProcessingTime(minute * MINUTE);
  }

  private void rows(String segment, int rows) throws Exception {
    WindowPartial partial =
        new WindowPartial(ProfileKind.INPUT, "model", "baseline", segment, 0, 100, "PT0.1S", "UTC");
    partial.add(RowCounts.valid(rows));
    harness.processElement(new StreamRecord<>(partial, 99));
  }

  private List<String> states() {
    List<String> states =
        harness.extractOutputValues().stream()
            .map(alarm -> alarm.state() + " " + alarm.window().segment())
            .toList();
    harness.getOutput().clear();
    return states;
  }

  @Test
  void anAlarmThatNoCheckpointHasIsNotRaised() throws Exception {
    start(0, null);
    rows("north", 1);
    OperatorSubtaskState older = snapshot(1);
    harness.notifyOfCompletedCheckpoint(1);
    minute(15);
    assertThat(states()).isEmpty();
    start(16, older);
    rows("", 1);
    rows("north", 1);
    assertThat(states()).isEmpty();
    snapshot(2);
    minute(31);
    harness.notifyOfCompletedCheckpoint(2);
    assertThat(states()).as("checkpoint 2 does not have it").isEmpty();
    snapshot(3);
    snapshot(4);
    assertThat(states()).isEmpty();
    harness.notifyOfCompletedCheckpoint(4); // 3 was declined
    assertThat(states()).containsExactlyInAnyOrder("RAISED ", "RAISED north");
    snapshot(5);
    harness.notifyOfCompletedCheckpoint(5);
    assertThat(states()).as("once").isEmpty();
    rows("", 1);
    assertThat(states()).containsExactly("CLEARED ");
  }

  @Test
  void anAlarmIsRaisedAgainAfterARestartFromTheCheckpointThatItWasRaisedWith() throws Exception {
    start(0, null);
    minute(15);
    OperatorSubtaskState state = snapshot(1);
    harness.notifyOfCompletedCheckpoint(1);
    assertThat(states()).containsExactly("RAISED ");
    start(16, state);
    minute(16);
    assertThat(states()).containsExactly("RAISED ");
    state = snapshot(2);
    start(17, state);
    minute(90);
    assertThat(states()).as("it is known to be said").isEmpty();
    rows("", 1);
    assertThat(states()).containsExactly("CLEARED ");
  }

  @Test
  void whatMayHaveBeenRaisedBeforeARestartIsCleared() throws Exception {
    start(0, null);
    rows("north", 1);
    minute(15);
    OperatorSubtaskState state = snapshot(1);
    segments = Fixtures.segments("south");
    start(16, state);
    rows("", 1);
    assertThat(states()).containsExactly("RAISED ", "CLEARED ");
    minute(16);
    assertThat(states()).containsExactly("RAISED north", "CLEARED north");
    minute(30);
    assertThat(states()).isEmpty();
  }

  @Test
  void recordsThatComeBeforeACheckpointHasTheAlarmTakeItBack() throws Exception {
    start(0, null);
    minute(15);
    rows("", 1);
    snapshot(1);
    harness.notifyOfCompletedCheckpoint(1);
    assertThat(states()).isEmpty();
    minute(30);
    snapshot(2);
    rows("", 1);
    minute(45);
    harness.notifyOfCompletedCheckpoint(2);
    assertThat(states()).as("checkpoint 2 has the one before").isEmpty();
    snapshot(3);
    harness.notifyOfCompletedCheckpoint(3);
    assertThat(states()).containsExactly("RAISED ");
  }

  @Test
  void nothingIsRaisedAfterTheEndOfInput() throws Exception {
    start(0, null);
    minute(15);
    harness.endInput();
    snapshot(1);
    harness.notifyOfCompletedCheckpoint(1);
    assertThat(states()).isEmpty();
  }
}
