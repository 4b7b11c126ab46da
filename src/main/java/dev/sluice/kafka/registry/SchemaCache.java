package dev.sluice.kafka.registry;

import dev.sluice.decode.SchemaKey;
import dev.sluice.decode.WriterSchema;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Answers, the oldest dropped where they become too many, or too large together. Reading takes no
 * lock: every record may ask.
 */
final class SchemaCache {
  private record Entry(WriterSchema answer, int size, long since, long nanos) {}

  private final int capacity;
  private final long maxSize;
  private final LongSupplier nanoClock;
  private final Map<SchemaKey, Entry> entries = new ConcurrentHashMap<>();
  private final Queue<SchemaKey> order = new ArrayDeque<>();
  private long size;

  /**
   * @param capacity the most answers to keep, 1 or more
   * @param maxSize the largest sum of their sizes; one larger than this is kept alone
   */
  SchemaCache(int capacity, long maxSize, LongSupplier nanoClock) {
    this.capacity = capacity;
    this.maxSize = maxSize;
    this.nanoClock = nanoClock;
  }

  /** Returns an answer; null if there is none or it is too old. */
  WriterSchema get(SchemaKey key) {
    Entry entry = entries.get(key);
    if (entry == null || nanoClock.getAsLong() - entry.since > entry.nanos) {
      return null;
    }
    return entry.answer;
  }

  /** Keeps an answer for so long. */
  synchronized void put(SchemaKey key, WriterSchema answer, Duration life) {
    Entry entry = new Entry(answer, answer.size(), nanoClock.getAsLong(), life.toNanos());
    Entry former = entries.put(key, entry);
    size += entry.size;
    if (former == null) {
      order.add(key);
    } else {
      size -= former.size;
    }
    while (order.size() > capacity || size > maxSize && order.size() > 1) {
      size -= entries.remove(order.remove()).size;
    }
  }

  int size() {
    return entries.size();
  }
}
