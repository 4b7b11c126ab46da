package dev.sluice.cli.letters;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A set of offsets of one partition, kept and written as ranges: {@code 0-4,7}. */
final class OffsetRanges {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,18})(?:(-)(\\d{1,18})?)?");

  /** The last offset of each range by its first; no two overlap or touch. */
  private final TreeMap<Long, Long> ranges = new TreeMap<>();

  /**
   * Reads ranges as they are written; {@code 7-} has no end.
   *
   * @throws IllegalArgumentException if the text is none
   */
  static OffsetRanges parse(String text) {
    OffsetRanges parsed = new OffsetRanges();
    for (String part : text.split(",", -1)) {
      parsed.addParsed(part);
    }
    return parsed;
  }

  void addParsed(String part) {
    Matcher matcher = RANGE.matcher(part);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(part + " is no offset or range of offsets");
    }
    long first = Long.parseLong(matcher.group(1));
    long last = first;
    if (matcher.group(2) != null) {
      last = matcher.group(3) == null ? Long.MAX_VALUE - 1 : Long.parseLong(matcher.group(3));
    }
    if (last < first) {
      throw new IllegalArgumentException(part + " ends before it begins");
    }
    add(first, last);
  }

  /** Adds all offsets from the first to the last, both included. */
  void add(long first, long last) {
    long from = first;
    long to = last;
    Map.Entry<Long, Long> near = ranges.floorEntry(to + 1);
    while (near != null && near.getValue() >= from - 1) {
      from = Math.min(from, near.getKey());
      to = Math.max(to, near.getValue());
      ranges.remove(near.getKey());
      near = ranges.floorEntry(to + 1);
    }
    ranges.put(from, to);
  }

  boolean contains(long offset) {
    Map.Entry<Long, Long> range = ranges.floorEntry(offset);
    return range != null && range.getValue() >= offset;
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** Returns the number of ranges. */
  int size() {
    return ranges.size();
  }

  long first() {
    return ranges.firstKey();
  }

  long last() {
    return ranges.lastEntry().getValue();
  }

  /** Forgets ranges that end before an offset. */
  void dropBefore(long offset) {
    ranges.values().removeIf(last -> last < offset);
  }

  /**
   * Closes the smallest gaps between ranges until so many ranges are left.
   *
   * @param left 1 or more
   * @param before gaps up to this offset are closed before any other
   * @return the last offset that lay in one of them; -1 where none was closed
   */
  long closeSmallestGaps(int left, long before) {
    List<Span> gaps = new ArrayList<>();
    Long last = null;
    for (Map.Entry<Long, Long> range : ranges.entrySet()) {
      if (last != null) {
        gaps.add(new Span(last, range.getKey()));
      }
      last = range.getValue();
    }
    gaps.sort(
        Comparator.comparing((Span gap) -> gap.to() - 1 > before)
            .thenComparing(gap -> gap.to() - gap.from()));
    List<Span> closed = gaps.subList(0, Math.max(0, ranges.size() - left));
    closed.forEach(gap -> add(gap.from(), gap.to()));
    return closed.stream().mapToLong(gap -> gap.to() - 1).max().orElse(-1);
  }

  /** Returns the text that {@link #parse} reads. */
  @Override
  public String toString() {
    return ranges.entrySet().stream()
        .map(
            r ->
                r.getKey().equals(r.getValue()) ? r.getKey() + "" : r.getKey() + "-" + r.getValue())
        .collect(Collectors.joining(","));
  }
}
