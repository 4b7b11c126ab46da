package dev.sluice.cli;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Counts where records went, each (partition, offset) of the features topic once: at-least-once
 * delivery may bring an answer twice. Not thread-safe.
 */
final class Accounting {
  /** What became of a record. */
  enum Fate {
    PREDICTED,
    MALFORMED,
    REJECTED,
    FAILED
  }

  private final Map<Fate, List<BitSet>> seen = new EnumMap<>(Fate.class);
  private final Map<Fate, Long> counts = new EnumMap<>(Fate.class);

  /** Counts an answer; returns whether it is the first of its kind for the record. */
  boolean add(Fate fate, int partition, long offset) {
    List<BitSet> partitions = seen.computeIfAbsent(fate, key -> new ArrayList<>());
    while (partitions.size() <= partition) {
      partitions.add(new BitSet());
    }
    int bit = Math.toIntExact(offset);
    if (partitions.get(partition).get(bit)) {
      return false;
    }
    partitions.get(partition).set(bit);
    counts.merge(fate, 1L, Long::sum);
    return true;
  }

  long count(Fate fate) {
    return counts.getOrDefault(fate, 0L);
  }

  /** Returns how many answers there are in all, each record counted once per fate. */
  long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns whether a number of records that were read have one fate each. */
  boolean balances(long read) {
    if (total() != read) {
      return false;
    }
    long distinct = 0;
    List<BitSet> all = new ArrayList<>();
    for (List<BitSet> partitions : seen.values()) {
      for (int i = 0; i < partitions.size(); i++) {
        while (all.size() <= i) {
          all.add(new BitSet());
        }
        all.get(i).or(partitions.get(i));
      }
    }
    for (BitSet partition : all) {
      distinct += partition.cardinality();
    }
    return distinct == read;
  }
}
