package dev.sluice.monitor;

import dev.sluice.profile.RejectionCount;
import dev.sluice.record.Reason;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How many records were rejected, by producer and reason. Not thread-safe.
 *
 * <p>Producers are whatever headers say, so their number is bounded: the first {@value #MAX_NAMED}
 * by name are told apart, all others count as {@value RejectionCount#OTHERS}. A name that is
 * dropped has that many names before it, and always will have: so whoever is told apart in the end
 * has been from its first record on and its count is exact, in whatever order records come and
 * counts are merged.
 */
final class RejectionCounts {
  /** So many producers are told apart while a window is open. */
  static final int MAX_NAMED = 1000;

  /** So many are published, those of most rejections. */
  static final int MAX_PUBLISHED = 100;

  /** Their counts and names take so many bytes at most, or fewer of them are published. */
  static final int MAX_PUBLISHED_BYTES = 128 << 10;

  /** A reason, a count, and the lengths of what is of any length. */
  private static final int COUNT_BYTES = 48;

  private final TreeMap<String, EnumMap<Reason, Long>> named = new TreeMap<>();
  private final EnumMap<Reason, Long> others = new EnumMap<>(Reason.class);

  void add(Reason reason, String producer) {
    add(reason, producer, 1);
  }

  private void add(Reason reason, String producer, long count) {
    boolean full = named.size() >= MAX_NAMED && !named.containsKey(producer);
    if (producer.equals(RejectionCount.OTHERS) || full && producer.compareTo(named.lastKey()) > 0) {
      others.merge(reason, count, Long::sum);
      return;
    }
    if (full) {
      addTo(others, named.pollLastEntry().getValue());
    }
    named
        .computeIfAbsent(producer, name -> new EnumMap<>(Reason.class))
        .merge(reason, count, Long::sum);
  }

  private static void addTo(Map<Reason, Long> counts, Map<Reason, Long> more) {
    more.forEach((reason, count) -> counts.merge(reason, count, Long::sum));
  }

  /** Adds what another has counted. */
  void merge(RejectionCounts other) {
    other.named.forEach(
        (producer, counts) -> counts.forEach((reason, count) -> add(reason, producer, count)));
    addTo(others, other.others);
  }

  /**
   * Returns the counts, most first, then by producer and reason. Producers beyond the {@value
   * #MAX_PUBLISHED} of most rejections, by name where they have as many, are one, and so are those
   * beyond {@value #MAX_PUBLISHED_BYTES} bytes.
   */
  List<RejectionCount> published() {
    Map<String, Long> totals = new HashMap<>();
    named.forEach((producer, counts) -> totals.put(producer, sum(counts)));
    List<String> ranked =
        named.keySet().stream()
            .sorted(
                Comparator.<String>comparingLong(totals::get)
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()))
            .limit(MAX_PUBLISHED)
            .toList();
    Set<String> most = new HashSet<>();
    int bytes = 0;
    for (String producer : ranked) {
      int name = producer.getBytes(StandardCharsets.UTF_8).length;
      bytes += named.get(producer).size() * (COUNT_BYTES + name);
      if (bytes > MAX_PUBLISHED_BYTES) {
        break;
      }
      most.add(producer);
    }
    List<RejectionCount> counts = new ArrayList<>();
    EnumMap<Reason, Long> rest = new EnumMap<>(others);
    named.forEach(
        (producer, byReason) -> {
          if (most.contains(producer)) {
            byReason.forEach(
                (reason, count) -> counts.add(new RejectionCount(reason, producer, count)));
          } else {
            addTo(rest, byReason);
          }
        });
    rest.forEach(
        (reason, count) -> counts.add(new RejectionCount(reason, RejectionCount.OTHERS, count)));
    counts.sort(
        Comparator.comparingLong(RejectionCount::count)
            .reversed()
            .thenComparing(RejectionCount::producer)
            .thenComparing(RejectionCount::reason));
    return counts;
  }

  private static long sum(Map<Reason, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(named.size());
    for (Map.Entry<String, EnumMap<Reason, Long>> producer : named.entrySet()) {
      out.writeUTF(producer.getKey());
      write(producer.getValue(), out);
    }
    write(others, out);
  }

  private static void write(Map<Reason, Long> counts, DataOutput out) throws IOException {
    out.writeInt(counts.size());
    for (Map.Entry<Reason, Long> count : counts.entrySet()) {
      out.writeUTF(count.getKey().name());
      out.writeLong(count.getValue());
    }
  }

  static RejectionCounts read(DataInput in) throws IOException {
    RejectionCounts read = new RejectionCounts();
    for (int left = in.readInt(); left > 0; left--) {
      EnumMap<Reason, Long> counts = new EnumMap<>(Reason.class);
      String producer = in.readUTF();
      readInto(counts, in);
      read.named.put(producer, counts);
    }
    readInto(read.others, in);
    return read;
  }

  private static void readInto(Map<Reason, Long> counts, DataInput in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      counts.put(Reason.valueOf(in.readUTF()), in.readLong());
    }
  }
}
