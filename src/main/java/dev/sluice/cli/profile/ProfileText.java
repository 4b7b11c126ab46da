package dev.sluice.cli.profile;

import dev.sluice.expect.Expectation;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DataSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A data profile as tables for a person: what it is of, its columns, what is expected. */
public final class ProfileText {
  private ProfileText() {}

  /**
   * Returns the lines.
   *
   * @param width the most characters of a line, as far as its first columns allow
   */
  public static List<String> of(DataProfile profile, int width) {
    List<String> lines = new ArrayList<>(heading(profile));
    add(lines, "Columns", columns(profile.columns()), width);
    add(lines, "Outputs", columns(profile.outputs()), width);
    if (Stream.of(profile.columns(), profile.outputs())
        .flatMap(List::stream)
        .anyMatch(column -> column.distinct() != null && !column.distinct().exact())) {
      lines.add("(~: estimated, ± one standard error)");
    }
    add(lines, "Arrays", arrays(profile.columns()), width);
    add(lines, "Segments and seasons", PartText.table(profile), width);
    add(lines, "Expectations", expectations(profile), width);
    return lines;
  }

  private static List<String> heading(DataProfile profile) {
    List<String> lines = new ArrayList<>();
    if (!profile.model().sha256().isEmpty()) {
      lines.add(
          "model      %s %s, SHA-256 %s"
              .formatted(
                  profile.model().name(), profile.model().version(), profile.model().sha256())
              .replace(" ,", ","));
    }
    DataSet data = profile.dataSet();
    if (data != null) {
      lines.add("data set   " + data.name());
      if (!data.sha256().isEmpty()) {
        lines.add("SHA-256    " + data.sha256());
      }
      if (data.firstEventTime() != null && data.lastEventTime() != null) {
        lines.add(
            "time       %s to %s"
                .formatted(
                    Instant.ofEpochMilli(data.firstEventTime()),
                    Instant.ofEpochMilli(data.lastEventTime())));
      }
      if (!data.codePointer().isEmpty()) {
        lines.add("code       " + data.codePointer());
      }
    }
    lines.add("rows       " + Shown.count(profile.counts().rows()));
    lines.add("time zone  " + profile.window().timeZone());
    lines.add("made by    " + profile.creator() + ", format " + profile.formatVersion());
    return lines;
  }

  private static void add(List<String> lines, String title, TextTable table, int width) {
    if (!table.isEmpty()) {
      lines.add("");
      List<String> left = table.leftOut(width);
      lines.add(title + (left.isEmpty() ? "" : " (no room for: " + String.join(", ", left) + ")"));
      lines.addAll(table.lines(width));
    }
  }

  private static TextTable columns(List<ColumnProfile> columns) {
    TextTable table =
        new TextTable(
                "name",
                "type",
                ">count",
                ">missing %",
                ">mean",
                ">std",
                ">min",
                ">p50",
                ">max",
                ">distinct",
                "common values")
            .droppable("std", "p50", "count", "type");
    for (ColumnProfile column : columns) {
      table.add(
          column.name(),
          column.valueType().name(),
          Shown.count(column.rows()),
          Shown.percent(column.missing(), column.rows()),
          Shown.number(column.mean()),
          Shown.deviation(column),
          Shown.number(column.min()),
          Shown.median(column),
          Shown.number(column.max()),
          Shown.distinct(column),
          Shown.common(column));
    }
    return table;
  }

  /** Returns a table with a line per column of arrays. */
  private static TextTable arrays(List<ColumnProfile> columns) {
    TextTable table = new TextTable("name", ">arrays", ">min size", ">mean size", ">max size");
    for (ColumnProfile column : columns) {
      if (column.arrays() > 0) {
        table.add(
            column.name(),
            Shown.count(column.arrays()),
            Shown.count(column.minSize()),
            Shown.number(column.meanSize()),
            Shown.count(column.maxSize()));
      }
    }
    return table;
  }

  private static TextTable expectations(DataProfile profile) {
    TextTable table = new TextTable("column", "severity", "origin", "expected");
    for (List<ColumnProfile> columns : List.of(profile.columns(), profile.outputs())) {
      for (ColumnProfile column : columns) {
        add(table, column.expectations());
      }
    }
    add(table, profile.expectations());
    return table;
  }

  private static void add(TextTable table, List<Expectation> expectations) {
    for (Expectation expectation : expectations) {
      table.add(
          expectation.columns().isEmpty() ? Shown.NONE : expectation.column(),
          Shown.severity(expectation),
          expectation.suggested() ? "suggested" : "stated",
          expectation.describe());
    }
  }
}
