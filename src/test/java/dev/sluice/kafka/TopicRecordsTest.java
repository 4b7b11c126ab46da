package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** How long records are waited for, by a clock that is put forward. */
class TopicRecordsTest {
  private static final TopicPartition PARTITION = new TopicPartition("features", 0);

  private final AtomicLong nanos = new AtomicLong();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");

  private TopicRecords open(long records) {
    return new TopicRecords(
        consumer,
        new TopicRange("features", Map.of(0, new TopicRange.Offsets(0, records))),
        Long.MAX_VALUE,
        nanos::get);
  }

  private void add(long offset) {
    consumer.addRecord(new ConsumerRecord<>("features", 0, offset, null, new byte[] {1}));
  }

  private void pass(long seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void theCallersOwnWorkIsNoWaiting() {
    try (TopicRecords records = open(2)) {
      add(0);
      assertThat(records.next().offset()).isZero();
      pass(3600);
      consumer.schedulePollTask(() -> pass(60)); // brings nothing
      consumer.schedulePollTask(() -> add(1));

      assertThat(records.next().offset()).isEqualTo(1);
      assertThat(records.next()).isNull();
    }
  }

  @Test
  void recordsThatDoNotComeAreWaitedForNoLongerThanAMinute() {
    try (TopicRecords records = open(2)) {
      add(0);
      records.next();
      consumer.schedulePollTask(() -> pass(60));
      consumer.schedulePollTask(() -> pass(1));

      assertThatThrownBy(records::next)
          .isInstanceOf(TopicException.class)
          .hasMessage(
              "topic features gave no record within 60 s, expected all of features, offsets 0: 0 to 2");
    }
  }

  @Test
  void whatWasReadEndsWithTheLastRecordOfTheMostThatAreTaken() {
    TopicRange whole = new TopicRange("features", Map.of(0, new TopicRange.Offsets(0, 4)));
    try (TopicRecords records = new TopicRecords(consumer, whole, 2, nanos::get)) {
      consumer.schedulePollTask(() -> add(0));
      consumer.schedulePollTask(
          () -> {
            add(2);
            add(3);
          });
      assertThat(records.read().length()).isZero();
      assertThat(records.next().offset()).isZero();
      assertThat(records.next().offset()).isEqualTo(2);
      assertThat(records.next()).isNull();

      assertThat(records.read()).hasToString("features, offsets 0: 0 to 3");
    }
  }

  @Test
  void aRangeIsWholeInFullAndCutInMessages() {
    Map<Integer, TopicRange.Offsets> offsets = new HashMap<>();
    for (int partition = 0; partition < 9; partition++) {
      offsets.put(partition, new TopicRange.Offsets(1, 2));
    }
    TopicRange range = new TopicRange("t", offsets);

    assertThat(range).asString().endsWith("6: 1 to 2, 7: 1 to 2 and 1 more partitions");
    assertThat(range.inFull())
        .startsWith("t, offsets 0: 1 to 2, 1: 1 to 2, ")
        .endsWith(", 7: 1 to 2, 8: 1 to 2");
  }

  @Test
  void offsetsWithoutRecordsAreProgress() {
    try (TopicRecords records = open(3)) {
      consumer.schedulePollTask(() -> pass(60));
      consumer.schedulePollTask(
          () -> {
            pass(1);
            consumer.seek(PARTITION, 2);
          });
      consumer.schedulePollTask(() -> pass(60));
      consumer.schedulePollTask(() -> add(2));

      assertThat(records.next().offset()).isEqualTo(2);
    }
  }
}
