package dev.sluice.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Cost against work.
 *
 * @param name of the curve's file and key
 * @param title of its picture
 * @param work what the sizes count
 * @param sizes how much work there was, increasing
 * @param series what it cost; those of the first one's unit share an axis, all others the second
 */
record CostCurve(
    String name, String title, String work, List<Long> sizes, List<CostSeries> series) {
  CostCurve {
    for (CostSeries one : series) {
      if (one.samples().size() != sizes.size()) {
        throw new IllegalArgumentException(
            "series %s has %d sizes, expected %d"
                .formatted(one.name(), one.samples().size(), sizes.size()));
      }
    }
  }

  /** Returns what is written of the curve. */
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("title", title);
    json.put("work", work);
    json.put("sizes", sizes);
    Map<String, Object> all = new LinkedHashMap<>();
    series.forEach(one -> all.put(one.name(), one.toJson()));
    json.put("series", all);
    return json;
  }

  /** Returns a line per series, of medians, under a line of sizes. */
  String toTable() {
    StringBuilder table = new StringBuilder(String.format("%n%s%n%-36s", title, work));
    sizes.forEach(size -> table.append(String.format(Locale.ROOT, " %,12d", size)));
    for (CostSeries one : series) {
      table.append(String.format("%n%-36s", one.name() + ", " + one.unit()));
      one.medians().forEach(v -> table.append(String.format(Locale.ROOT, " %,12.2f", v)));
    }
    return table.toString();
  }
}
