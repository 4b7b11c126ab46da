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
 * <p>Hashes stand in a table with open addressing, up to {@value #KEPT} of them before those beyond
 * a limit are thrown out, which leaves k or somewhat more. To the limit most values compare once
 * there are many. Before they enter the table, hashes of numbers wait, up to {@value #WAITING}: it
 * is seldom in a fast cache, and so fetched for many at once. Takes some 20 KiB. Not thread-safe,
 * but nothing that reads a sketch changes it.
 */
public final class DistinctSketch {
  /** How many hashes there are at most. */
  public static final int K = 512;

  private static final int KEPT = 2 * K;
  private static final int FIRST_SLOTS = 256;
  private static final int GATHERED = 256;
  private static final int WAITING = 2 * GATHERED;

  /**
   * How many hashes a lower limit leaves on average, where they are spread evenly: so many more
   * than k that it leaves fewer only once in 70,000 times, four standard deviations away.
   */
  private static final int LEFT = K + 3 * (int) Math.sqrt(K);

  private static final int MOST_LEFT = K + K / 2;
  private static final long RARE = Long.MAX_VALUE / 32;
  private static final double RELATIVE_ERROR = 1 / Math.sqrt(K - 2);
  private static final long EMPTY = -1; // no hash is negative

  /** Room for a sketch's hashes, overwritten whenever some are moved: one for all columns. */
  private static final ThreadLocal<long[]> ROOM =
      ThreadLocal.withInitial(() -> new long[KEPT + 2]); // one over, and one to be overwritten

  /** Room for the hashes of numbers, before those within the limit are picked. */
  private static final ThreadLocal<long[]> GATHER =
      ThreadLocal.withInitial(() -> new long[GATHERED]);

  private long[] slots = emptySlots(FIRST_SLOTS);
  private int size;
  private long limit = Long.MAX_VALUE;
  private long[] waiting = {};
  private int waitingCount;

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
      if (end - start > waiting.length - waitingCount) {
        makeRoom();
      }
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
      for (; next < end; next++) {
        long hash = NumberLoops.hash(numbers[next]);
        if (hash <= limit) {
          waiting[waitingCount++] = hash;
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
    long[] room = waiting;
    long most = limit;
    int count = waitingCount;
    for (int i = 0; i < to - from; i++) {
      long hash = gathered[i];
      room[count] = hash;
      count += (int) (hash - most - 1 >>> 63); // 1 if hash <= most
    }
    waitingCount = count;
  }

  /** Has room for more hashes to wait, by inserting those that do. */
  private void makeRoom() {
    if (waiting.length == 0) {
      waiting = new long[WAITING];
      return;
    }
    int left = 0;
    for (int i = 0; i < waitingCount; i++) { // without a branch, so that it fetches many slots
      long hash = waiting[i];
      long other = hash ^ slots[(int) hash & slots.length - 1];
      waiting[left] = hash;
      left += (int) ((other | -other) >>> 63); // 1 if it is not there
    }
    for (int i = 0; i < left; i++) {
      add(waiting[i]);
    }
    waitingCount = 0;
  }

  /** Adds a value by its {@link ValueHash}. */
  void add(long hash) {
    if (hash <= limit) {
      insert(hash);
    }
  }

  private void insert(long hash) {
    if (!place(hash)) {
      return;
    }
    size++;
    if (size > KEPT) {
      lowerLimit();
    } else if (2 * size > slots.length) {
      long[] all = ROOM.get();
      int count = within(Long.MAX_VALUE, all);
      slots = emptySlots(slots.length * 2);
      placeAll(all, count);
    }
  }

  /** Puts a hash into its slot; returns whether it was not there. */
  private boolean place(long hash) {
    int slot = (int) hash & slots.length - 1;
    while (slots[slot] != EMPTY) {
      if (slots[slot] == hash) {
        return false;
      }
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = hash;
    return true;
  }

  private void placeAll(long[] hashes, int count) {
    for (int i = 0; i < count; i++) {
      place(hashes[i]);
    }
    size = count;
  }

  /** Throws out hashes, but at least the k smallest. */
  private void lowerLimit() {
    long[] all = ROOM.get();
    long lower = (long) ((double) limit / size * LEFT);
    int count = within(lower, all);
    if (count < K || count > MOST_LEFT) { // they are not spread evenly
      moveSmallest(all, within(Long.MAX_VALUE, all));
      lower = all[K - 1];
      count = K;
    }
    limit = lower;
    Arrays.fill(slots, EMPTY); // they have grown as far as they do
    placeAll(all, count);
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

  /** Fetches the hashes of the table that are within a limit; returns how many there are. */
  private int within(long most, long[] room) {
    int next = 0;
    for (long hash : slots) {
      room[next] = hash;
      next += 1 - (int) ((hash | most - hash) >>> 63); // 1 if 0 <= hash <= most
    }
    return next;
  }

  /** Returns what the sketch is: the smallest hashes, in increasing order, at most k. */
  private long[] smallest() {
    long[] sorted = new long[slots.length + waitingCount];
    int count = within(Long.MAX_VALUE, sorted);
    System.arraycopy(waiting, 0, sorted, count, waitingCount);
    Arrays.sort(sorted, 0, count + waitingCount);
    int distinct = 0;
    for (int i = 0; i < count + waitingCount && distinct < K; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[distinct++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, distinct);
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
