package dev.sluice.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;

/** The input windows that have closed, and how far their columns have drifted. */
final class WindowTable {
  private static final int WORST = 3;

  /** One column in one window; psi is NaN where it could not be computed. */
  private record Column(String name, double psi, String verdict, double missingShare) {
    /** A column without any value has no distance, and is worse than one with a large one. */
    boolean isGone() {
      return missingShare == 1;
    }
  }

  /** One window: its columns by name, so that a later revision replaces an earlier one. */
  private record Window(long start, long end, ZoneId zone, Map<String, Column> columns) {
    List<Column> worstFirst() {
      List<Column> sorted = new ArrayList<>(columns.values());
      sorted.sort(
          Comparator.comparing((Column column) -> !column.isGone())
              .thenComparing(column -> Double.isNaN(column.psi) ? 0 : -column.psi));
      return sorted;
    }
  }

  private final Map<Long, Window> windows = new TreeMap<>();

  /** Takes a profile record; those of outputs and summaries are left aside. */
  void add(GenericRecord profile) {
    List<?> columns = (List<?>) profile.get("columns");
    if (!profile.get("kind").toString().equals("INPUT") || columns.isEmpty()) {
      return;
    }
    long start = (Long) profile.get("windowStart");
    Window window =
        windows.computeIfAbsent(
            start,
            key ->
                new Window(
                    key,
                    (Long) profile.get("windowEnd"),
                    ZoneId.of(profile.get("timeZone").toString()),
                    new TreeMap<>()));
    GenericRecord column = (GenericRecord) columns.get(0);
    String name = column.get("name").toString();
    window.columns.put(name, column(name, column));
  }

  private static Column column(String name, GenericRecord column) {
    GenericRecord drift = (GenericRecord) column.get("drift");
    Object psi = drift == null ? null : drift.get("value");
    return new Column(
        name,
        psi == null ? Double.NaN : (Double) psi,
        drift == null ? "" : drift.get("verdict").toString(),
        (Long) column.get("missing") / (double) (Long) column.get("count"));
  }

  int size() {
    return windows.size();
  }

  /** Returns one line per window with its most drifted columns. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Window window : windows.values()) {
      StringBuilder line = new StringBuilder(label(window));
      for (Column column : window.worstFirst().subList(0, Math.min(WORST, window.columns.size()))) {
        line.append(String.format(Locale.ROOT, "  %s %s", column.name, psi(column)));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /** Returns a table of the last window's columns, most drifted first. */
  List<String> lastWindow(int columns) {
    List<String> lines = new ArrayList<>();
    if (windows.isEmpty()) {
      return lines;
    }
    Window last = windows.values().stream().reduce((a, b) -> b).orElseThrow();
    lines.add(
        String.format(Locale.ROOT, "%-10s %8s  %-18s %8s", "column", "PSI", "verdict", "missing"));
    List<Column> worst = last.worstFirst();
    for (Column column : worst.subList(0, Math.min(columns, worst.size()))) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-10s %8s  %-18s %7.1f%%",
              column.name,
              psi(column),
              column.verdict,
              100 * column.missingShare));
    }
    return lines;
  }

  /** Returns the last window's dates. */
  String lastLabel() {
    return windows.values().stream().reduce((a, b) -> b).map(WindowTable::label).orElse("none");
  }

  private static String psi(Column column) {
    if (column.isGone()) {
      return "gone";
    }
    return Double.isNaN(column.psi) ? "-" : String.format(Locale.ROOT, "%.4f", column.psi);
  }

  private static String label(Window window) {
    DateTimeFormatter format =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(window.zone);
    return format.format(Instant.ofEpochMilli(window.start))
        + " .. "
        + format.format(Instant.ofEpochMilli(window.end));
  }
}
