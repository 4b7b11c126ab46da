package dev.sluice.cli.profile;

import dev.sluice.drift.DriftDetector;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How far columns are from others of their name: in which ones most. */
final class Distances {
  /** By custom; only the distance is shown, the verdict is the reader's. */
  private static final double PSI_THRESHOLD = 0.2;

  private static final int SHOWN = 3;

  private Distances() {}

  /** Returns the population stability index, null where there is none. */
  static Double psi(ColumnProfile before, ColumnProfile after) {
    boolean comparable =
        before.isText() == after.isText() && before.gridEdges().equals(after.gridEdges());
    ColumnDrift drift =
        comparable ? new DriftDetector(PSI_THRESHOLD, 0).compare(before, after) : null;
    return drift == null ? null : drift.value();
  }

  /**
   * Returns the columns that are farthest from those they are compared with, for a person: {@code
   * TEMP (PSI 3.21), DEWP (PSI 2.5)}; a dash where none is.
   */
  static String farthest(List<ColumnProfile> before, List<ColumnProfile> after) {
    Map<String, ColumnProfile> others = new LinkedHashMap<>();
    after.forEach(column -> others.put(column.name(), column));
    Map<String, Double> distances = new LinkedHashMap<>();
    for (ColumnProfile column : before) {
      ColumnProfile other = others.get(column.name());
      Double psi = other == null ? null : psi(column, other);
      if (psi != null && psi > 0) {
        distances.put(column.name(), psi);
      }
    }
    List<Map.Entry<String, Double>> sorted = new ArrayList<>(distances.entrySet());
    sorted.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
    return sorted.isEmpty()
        ? Shown.NONE
        : sorted.stream()
            .limit(SHOWN)
            .map(e -> "%s (PSI %s)".formatted(e.getKey(), Shown.roughly(e.getValue())))
            .collect(Collectors.joining(", "));
  }
}
