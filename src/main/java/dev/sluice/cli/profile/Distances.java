package dev.sluice.cli.profile;

import dev.sluice.drift.Cells;
import dev.sluice.drift.ColumnComparison;
import dev.sluice.drift.PopulationStability;
import dev.sluice.drift.Shares;
import dev.sluice.profile.ColumnProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How far columns are from others of their name: in which ones most. */
final class Distances {
  private static final int SHOWN = 3;

  private Distances() {}

  /** Returns the population stability index, null where there is none. */
  static Double psi(ColumnProfile before, ColumnProfile after) {
    if (!ColumnComparison.obstacle(before, after).isEmpty()
        || before.present() == 0
        || after.present() == 0) {
      return null;
    }
    Cells cells = ColumnComparison.of(before, after).cells();
    return PopulationStability.index(
        Shares.of(before.name(), cells.reference()), Shares.of(after.name(), cells.current()));
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
