package dev.sluice.monitor.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.AlarmWindows;
import dev.sluice.profile.Advice;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmCourse;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.ProfileKind;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class AlarmHistoryTest {
  private static final Alarm RAISED =
      AdvisorTest.alarm(AlarmKind.DRIFT, ProfileKind.INPUT, "a")
          .raised(new AlarmCourse(3L, 1, 1), Advice.NONE, 0.5);

  /** Returns a history of windows that start at 0, 1, 2, …: D wrong, o right. */
  private static AlarmHistory of(String windows, AlarmWindows rule) {
    AlarmHistory history = AlarmHistory.NONE;
    for (int i = 0; i < windows.length(); i++) {
      history = history.with(windows.charAt(i) == 'D', i, rule);
    }
    return history;
  }

  @Test
  void itsCourseBeginsWithTheFirstWrongWindowOfTheLast() {
    AlarmWindows rule = new AlarmWindows(2, 4);
    assertThat(of("oD", rule).course()).isEqualTo(new AlarmCourse(1L, 1, 2));
    assertThat(of("DooDo", rule).course()).isEqualTo(new AlarmCourse(3L, 1, 4));
    assertThat(of("DoDoDD", rule).course()).isEqualTo(new AlarmCourse(2L, 3, 4));
    assertThat(of("DoDoDD", rule).withRaised(RAISED).course())
        .as("since it was raised")
        .isEqualTo(new AlarmCourse(3L, 3, 4));
  }

  @Test
  void remembersThirtyWindows() {
    AlarmWindows rule = new AlarmWindows(30, 30);
    assertThat(of("D".repeat(29), rule).isRaising(rule)).isFalse();
    assertThat(of("D".repeat(40), rule).isRaising(rule)).isTrue();
    assertThat(of("D".repeat(40), rule).starts()).hasSize(30).startsWith(10L).endsWith(39L);
  }

  @Test
  void onlyAWrongWindowRaisesAndOnlyARightOneClearsAfterAChangeOfTheRule() {
    AlarmWindows three = new AlarmWindows(3, 3);
    AlarmWindows one = new AlarmWindows(1, 3);
    assertThat(of("D", three).with(false, 1, one).isRaising(one)).isFalse();
    assertThat(of("D", three).with(true, 1, one).isRaising(one)).isTrue();
    AlarmHistory raised = of("D", one).withRaised(RAISED);
    assertThat(raised.with(true, 1, three).isClearing(three)).isFalse();
    assertThat(raised.with(false, 1, three).isClearing(three)).isTrue();
  }

  @Test
  void aShorterRuleForgetsOlderWindows() {
    AlarmHistory shorter = of("DDDD", new AlarmWindows(4, 5)).with(true, 4, new AlarmWindows(1, 2));
    assertThat(shorter.starts()).containsExactly(3L, 4L);
    assertThat(shorter.course()).isEqualTo(new AlarmCourse(3L, 2, 2));
  }

  @Test
  void isIdleOnlyWithoutWrongWindowsAndWithoutAnOpenAlarm() {
    AlarmWindows rule = new AlarmWindows(1, 2);
    assertThat(of("Do", rule).isIdle()).isFalse();
    assertThat(of("Doo", rule).isIdle()).isTrue();
    assertThat(of("Doo", rule).withRaised(RAISED).isIdle()).isFalse();
  }

  @Test
  void isReadBackAsItWasWritten() throws IOException {
    AlarmHistorySerializer serializer = new AlarmHistorySerializer();
    AlarmHistory plain = of("DoDDo", new AlarmWindows(2, 4));
    for (AlarmHistory history : List.of(AlarmHistory.NONE, plain, plain.withRaised(RAISED))) {
      DataOutputSerializer out = new DataOutputSerializer(64);
      serializer.serialize(history, out);
      assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
          .isEqualTo(history);
    }
  }

  @Test
  void asManyStartsAsWrongWindows() {
    assertThatThrownBy(() -> new AlarmHistory(3, 0b101, List.of(1L), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("starts of windows are 1, expected 2");
  }
}
