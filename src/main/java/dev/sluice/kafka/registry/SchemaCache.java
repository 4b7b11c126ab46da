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
 * Answers, the oldest dropped where they become too many. Reading takes no lock: every record may
 * ask.
 */
final class SchemaCache {
  private record Entry(WriterSchema answer, long since, long nanos) {}

  private final int capacity;
  private final LongSupplier nanoClock;
  private final Map<SchemaKey, Entry> entries = new ConcurrentHashMap<>();
  private final Queue<SchemaKey> order = new ArrayDeque<>();

  /**
   * @param capacity the most answers to keep
   */
  SchemaCache(int capacity, LongSupplier nanoClock) {
    this.capacity = capacity;
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
    Entry entry = new Entry(answer, nanoClock.getAsLong(), life.toNanos());
    if (entries.put(key, entry) == null) {
      order.add(key);
      if (order.size() > capacity) {
        entries.remove(order.remove());
      }
    }
  }

  int size() {
    return entries.size();
  }
}
