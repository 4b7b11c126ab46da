package dev.sluice.profile.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.Header;
import org.junit.jupiter.api.Test;

class EventTimesTest {
  private final EventTimes times = new EventTimes();

  private void add(int partition, long... eventTimes) {
    for (long eventTime : eventTimes) {
      times.add(new EncodedRecord("f", partition, 0, 0, null, new byte[0], Header.NONE), eventTime);
    }
  }

  @Test
  void eachPartitionHasAnOrderOfItsOwn() {
    add(3, 50, 50);
    add(0, 7);
    add(3, 60);
    add(0, 8);
    assertThat(times.areInOrder()).isTrue();
    assertThat(times.first()).isEqualTo(7);
    assertThat(times.last()).isEqualTo(60);
  }

  @Test
  void aTimeThatGoesBackIsNoticedHoweverLate() {
    add(1, 5, 9);
    add(0, 1, 2);
    assertThat(times.areInOrder()).isTrue();
    add(1, 8, 10);
    assertThat(times.areInOrder()).isFalse();
  }

  @Test
  void timesBeforeTheEpochHaveAnOrderToo() {
    add(0, -9, -8);
    assertThat(times.areInOrder()).isTrue();
    add(0, -9);
    assertThat(times.areInOrder()).isFalse();
  }

  @Test
  void oneTimePerPartitionSaysNothing() {
    add(0, 2);
    add(1, 1);
    assertThat(times.areInOrder()).isFalse();
  }

  @Test
  void unknownTimesAreLeftOut() {
    add(0, DeadLetter.NO_EVENT_TIME);
    assertThat(times.first()).isNull();
    assertThat(times.last()).isNull();
    add(0, 4, DeadLetter.NO_EVENT_TIME, 5);
    assertThat(times.areInOrder()).isTrue();
    assertThat(times.first()).isEqualTo(4);
  }
}
