package dev.sluice.kafka;

import dev.sluice.record.EncodedRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of a stretch of a topic; those of one partition in order. Holds what one poll brings.
 * Used by one thread; its opener closes it.
 */
public final class TopicRecords implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Consumer<byte[], byte[]> consumer;
  private final TopicRange range;
  private final Map<TopicPartition, Long> quotas = new HashMap<>();
  private final Map<Integer, TopicRange.Offsets> taken = new TreeMap<>();
  private final Deque<EncodedRecord> polled = new ArrayDeque<>();
  private final LongSupplier nanoClock;
  private long progressed;
  private long done;

  TopicRecords(Consumer<byte[], byte[]> consumer, TopicRange range, long maxRecords) {
    this(consumer, range, maxRecords, System::nanoTime);
  }

  TopicRecords(
      Consumer<byte[], byte[]> consumer,
      TopicRange range,
      long maxRecords,
      LongSupplier nanoClock) {
    this.consumer = consumer;
    this.range = range;
    this.nanoClock = nanoClock;
    share(maxRecords);
    try {
      consumer.assign(quotas.keySet());
      quotas.keySet().forEach(partition -> consumer.seek(partition, offsets(partition).start()));
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /** Gives each partition its part of the most records, so that which are read is no chance. */
  private void share(long maxRecords) {
    double all = range.length();
    double before = 0;
    for (Map.Entry<Integer, TopicRange.Offsets> entry : range.offsets().entrySet()) {
      double after = before + entry.getValue().length();
      long most = (long) Math.min(maxRecords, all);
      long quota = Math.round(most * (after / all)) - Math.round(most * (before / all));
      if (quota > 0) {
        quotas.put(new TopicPartition(range.topic(), entry.getKey()), quota);
      }
      take(entry.getKey(), entry.getValue().start());
      before = after;
    }
  }

  private void take(int partition, long end) {
    taken.put(partition, new TopicRange.Offsets(range.offsets().get(partition).start(), end));
  }

  private TopicRange.Offsets offsets(TopicPartition partition) {
    return range.offsets().get(partition.partition());
  }

  /**
   * Returns the next record, or null at the end.
   *
   * @throws TopicException if the brokers give no more, or the topic has lost records since
   */
  public EncodedRecord next() {
    if (polled.isEmpty()) {
      progressed = nanoClock.getAsLong(); // what the caller did meanwhile was no waiting
    }
    while (polled.isEmpty() && !quotas.isEmpty()) {
      poll();
    }
    return polled.poll();
  }

  private void poll() {
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        long left = quotas.getOrDefault(partition, 0L);
        if (left > 0 && record.offset() < offsets(partition).end()) {
          polled.add(EncodedRecordReader.encoded(record));
          quotas.put(partition, left - 1);
          take(partition.partition(), record.offset() + 1);
        }
      }
      long before = done;
      finish();
      if (done > before || !polled.isEmpty()) {
        progressed = nanoClock.getAsLong();
      } else if (nanoClock.getAsLong() - progressed > PATIENCE.toNanos()) {
        throw new TopicException(
            "topic %s gave no record within %d s, expected all of %s"
                .formatted(range.topic(), PATIENCE.toSeconds(), range));
      }
    } catch (KafkaException e) {
      throw new TopicException("cannot read topic " + range + ": " + e.getMessage(), e);
    }
  }

  /** Drops partitions that are at their end; what follows the last record may be no record. */
  private void finish() {
    long passed = 0;
    for (TopicPartition partition : List.copyOf(quotas.keySet())) {
      long position = consumer.position(partition);
      boolean full = quotas.get(partition) == 0;
      if (full || position >= offsets(partition).end()) {
        quotas.remove(partition);
        consumer.assign(quotas.keySet());
        if (!full) { // what follows the last record is passed, too
          take(partition.partition(), offsets(partition).end());
        }
      }
    }
    for (TopicRange.Offsets offsets : range.offsets().values()) {
      passed += offsets.length();
    }
    for (TopicPartition partition : quotas.keySet()) {
      passed -= Math.max(0, offsets(partition).end() - consumer.position(partition));
    }
    done = passed;
  }

  /** Returns what has been read: all of the range, unless the most records are fewer. */
  public TopicRange read() {
    return new TopicRange(range.topic(), taken);
  }

  /** Returns how many offsets have been passed. */
  public long position() {
    return done;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
