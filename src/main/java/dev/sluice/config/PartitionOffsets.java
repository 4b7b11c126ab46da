package dev.sluice.config;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An offset for each of some partitions, as options take them: {@code 0=120,1=80}. */
public final class PartitionOffsets {
  private PartitionOffsets() {}

  /**
   * Reads offsets.
   *
   * @param text pairs of a partition and its offset, both 0 or more; each partition once
   * @return offset by partition, unmodifiable and sorted
   * @throws NumberFormatException if it is anything else
   */
  public static Map<Integer, Long> parse(String text) {
    Map<Integer, Long> offsets = new TreeMap<>();
    for (String pair : text.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw new NumberFormatException(pair);
      }
      int partition = Integer.parseInt(pair.substring(0, equals).strip());
      long offset = Long.parseLong(pair.substring(equals + 1).strip());
      if (partition < 0 || offset < 0 || offsets.put(partition, offset) != null) {
        throw new NumberFormatException(pair);
      }
    }
    return Collections.unmodifiableMap(offsets);
  }

  /** Returns the offsets as {@link #parse} takes them. */
  static String text(Map<Integer, Long> offsets) {
    return offsets.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }
}
