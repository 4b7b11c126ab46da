package dev.sluice.profile.statistics;

import dev.sluice.profile.Distinct;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * An estimate of how many distinct values there are from the k = {@value #K} smallest of their
 * hashes: the k minimum values sketch of Bar-Yossef et al., "Counting Distinct Elements in a Data
 * Stream" (RANDOM 2002), with the estimator of Beyer et al., "On Synopses for Distinct-Value
 * Estimation Under Multiset Operations" (SIGMOD 2007): unbiased {@code (k - 1) / U(k)}, where U(k)
 * is the k-th smallest hash as a share of all, with a relative standard error of at most {@code 1 /
 * sqrt(k - 2)}, 4.4 %. Below k distinct values the count is exact.
 *
 * <p>It is a function of the set of values alone: neither their order nor how often each came
 * matters, and merging the sketches of two parts gives, byte for byte, that of the whole.
 *
 * <p>Hashes stand in a table with open addressing, up to {@value #KEPT} of them before all but the
 * smallest k are thrown out, so that selecting them is rare. What is thrown out is beyond a limit,
 * to which most values compare once there are many. Takes some 16 KiB. Not thread-safe.
 */
public final class DistinctSketch {
  /** How many hashes there are at most. */
  public static final int K = 512;

  private static final int KEPT = K + K / 2;
  private static final int FIRST_SLOTS = 256;
  private static final int GATHERED = 256;
  private static final long RARE = Long.MAX_VALUE / 32;
  private static final double RELATIVE_ERROR = 1 / Math.sqrt(K - 2);
  private static final long EMPTY = -1; // no hash is negative

  /** Room for a sketch's hashes, overwritten whenever one is inserted: one for all columns. */
  private static final ThreadLocal<long[]> ROOM = ThreadLocal.withInitial(() -> new long[KEPT + 1]);

  /** Room for the hashes of numbers that are about to be inserted. */
  private static final ThreadLocal<long[]> GATHER =
      ThreadLocal.withInitial(() -> new long[GATHERED]);

  private long[] slots = emptySlots(FIRST_SLOTS);
  private int size;
  private long limit = Long.MAX_VALUE;

  private static long[] emptySlots(int length) {
    long[] slots = new long[length];
    Arrays.fill(slots, EMPTY);
    return slots;
  }

  DistinctSketch() {}

  /**
   * Returns the sketch of these hashes.
   *
   * @throws IllegalArgumentException if they are more than {@value #K}, negative or not increasing
   */
  public static DistinctSketch of(List<Long> hashes) {
    if (hashes.size() > K) {
      throw new IllegalArgumentException(
          "hashes are " + hashes.size() + " numbers, expected at most " + K);
    }
    DistinctSketch sketch = new DistinctSketch();
    long before = -1;
    for (long hash : hashes) {
      if (hash <= before) {
        throw new IllegalArgumentException("hash is " + hash + ", expected more than " + before);
      }
      sketch.insert(hash);
      before = hash;
    }
    return sketch;
  }

  /** Returns the hashes that the sketch is made of. */
  public List<Long> toHashes() {
    return Arrays.stream(smallest()).boxed().toList();
  }

  /** Adds the numbers from one index to another, all of them finite. */
  void add(double[] numbers, int from, int to) {
    int start = from;
    while (start < to) {
      int end = Math.min(to, start + GATHERED);
      if (limit > RARE) {
        addGathered(numbers, start, end);
      } else {
        addRare(numbers, start, end);
      }
      start = end;
    }
  }

  /** Few hashes are within the limit: the processor foresees that a number is none of them. */
  private void addRare(double[] numbers, int from, int to) {
    long[] passed = GATHER.get();
    int next = from;
    while (next < to) {
      next = NumberLoops.BEST.hash(numbers, next, to, limit, passed);
      int end = next + Math.min(to - next, NumberLoops.BEST.leftOver());
      long most = limit;
      for (; next < end; next++) {
        long hash = NumberLoops.hash(numbers[next]);
        if (hash <= most) {
          add(hash);
          most = limit;
        }
      }
    }
  }

  /** Many hashes are within the limit, which ones cannot be foreseen: tells them by arithmetic. */
  private void addGathered(double[] numbers, int from, int to) {
    long[] gathered = GATHER.get();
    int next = NumberLoops.BEST.hash(numbers, from, to, -1, gathered);
    for (; next < to; next++) {
      gathered[next - from] = NumberLoops.hash(numbers[next]);
    }
    long most = limit;
    int count = 0;
    for (int i = 0; i < to - from; i++) {
      long hash = gathered[i];
      gathered[count] = hash;
      count += (int) (hash - most - 1 >>> 63); // 1 if hash <= most
    }
    for (int i = 0; i < count; i++) {
      add(gathered[i]);
    }
  }

  /** Adds a value by its {@link ValueHash}. */
  void add(long hash) {
    if (slots[(int) hash & slots.length - 1] != hash && hash <= limit) {
      insert(hash);
    }
  }

  private void insert(long hash) {
    int slot = (int) hash & slots.length - 1;
    while (slots[slot] != EMPTY) {
      if (slots[slot] == hash) {
        return;
      }
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = hash;
    size++;
    if (size > KEPT) {
      long[] all = ROOM.get();
      moveSmallest(all, hashes(all));
      limit = all[K - 1];
      Arrays.fill(slots, EMPTY); // they have grown as far as they do
      refill(all, K);
    } else if (size * 8L > slots.length * 3L) {
      long[] all = ROOM.get();
      int count = hashes(all);
      slots = emptySlots(slots.length * 2);
      refill(all, count);
    }
  }

  /**
   * Moves the k smallest hashes to the front, the largest of them last, by Hoare's selection
   * (Algorithm 65: FIND, 1961): in a quarter of the time that sorting takes. No order of arrival
   * makes it slow, since hashes come in that of their slots.
   */
  private static void moveSmallest(long[] hashes, int count) {
    int low = 0;
    int high = count - 1;
    while (low < high) {
      long pivot = hashes[low + high >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (hashes[i] < pivot) {
          i++;
        }
        while (hashes[j] > pivot) {
          j--;
        }
        if (i <= j) {
          long swapped = hashes[i];
          hashes[i++] = hashes[j];
          hashes[j--] = swapped;
        }
      }
      if (K - 1 <= j) {
        high = j;
      } else if (K - 1 >= i) {
        low = i;
      } else {
        return;
      }
    }
  }

  private void refill(long[] hashes, int count) {
    size = 0;
    for (int i = 0; i < count; i++) {
      insert(hashes[i]);
    }
  }

  /** Fetches the hashes, some dozen times per window and column; returns how many there are. */
  private int hashes(long[] room) {
    int next = 0;
    for (long hash : slots) {
      if (hash != EMPTY) {
        room[next++] = hash;
      }
    }
    return next;
  }

  /** Returns what the sketch is: the smallest hashes, in increasing order, at most k. */
  private long[] smallest() {
    long[] sorted = new long[size];
    hashes(sorted);
    Arrays.sort(sorted);
    return sorted.length <= K ? sorted : Arrays.copyOf(sorted, K);
  }

  void merge(DistinctSketch other) {
    for (long hash : other.smallest()) {
      add(hash);
    }
  }

  Distinct distinct() {
    long[] smallest = smallest();
    if (smallest.length < K) {
      return Distinct.exactly(smallest.length);
    }
    double share = (smallest[K - 1] + 1.0) * 0x1p-63;
    return new Distinct(Math.rint((K - 1) / share), RELATIVE_ERROR, false);
  }

  void write(DataOutput out) throws IOException {
    long[] smallest = smallest();
    Varints.write(smallest.length, out);
    for (long hash : smallest) {
      out.writeLong(hash);
    }
  }

  static DistinctSketch read(DataInput in) throws IOException {
    DistinctSketch read = new DistinctSketch();
    long left = Varints.read("number of hashes", K, in);
    for (long before = -1; left > 0; left--) {
      long hash = in.readLong();
      if (hash <= before) {
        throw new IOException("hash is " + hash + ", expected more than " + before);
      }
      read.insert(hash);
      before = hash;
    }
    return read;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DistinctSketch that && Arrays.equals(smallest(), that.smallest());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(smallest());
  }
}
