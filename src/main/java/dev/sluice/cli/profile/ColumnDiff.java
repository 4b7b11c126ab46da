package dev.sluice.cli.profile;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.FloatWidth;
import java.util.ArrayList;
import java.util.List;

/** What differs between two profiles of one column, for a person. */
final class ColumnDiff {
  private final ColumnProfile before;
  private final ColumnProfile after;
  private final List<String> lines = new ArrayList<>();

  private ColumnDiff(ColumnProfile before, ColumnProfile after) {
    this.before = before;
    this.after = after;
  }

  static List<String> of(ColumnProfile before, ColumnProfile after) {
    ColumnDiff diff = new ColumnDiff(before, after);
    diff.changed("type", before.valueType().name(), after.valueType().name());
    diff.changed("count", Shown.count(before.rows()), Shown.count(after.rows()));
    diff.changed("missing", share(before, before.missing()), share(after, after.missing()));
    diff.changed("NaN", share(before, before.nan()), share(after, after.nan()));
    diff.changed("infinite", share(before, infinite(before)), share(after, infinite(after)));
    diff.changed("mean", Shown.number(before.mean()), Shown.number(after.mean()));
    diff.changed("std", Shown.deviation(before), Shown.deviation(after));
    diff.changed("range", range(before), range(after));
    diff.changed("lengths", lengths(before), lengths(after));
    diff.changed("arrays", Shown.count(before.arrays()), Shown.count(after.arrays()));
    diff.changed("sizes", sizes(before), sizes(after));
    diff.changed("mean size", Shown.number(before.meanSize()), Shown.number(after.meanSize()));
    diff.changed("distinct", Shown.distinct(before), Shown.distinct(after));
    diff.changed("common values", Shown.common(before), Shown.common(after));
    diff.distance();
    diff.lines.addAll(ExpectationDiff.of(before.expectations(), after.expectations()));
    return diff.lines;
  }

  private void changed(String what, String from, String to) {
    if (!from.equals(to)) {
      lines.add(what + " " + from + " -> " + to);
    }
  }

  private static String share(ColumnProfile column, long part) {
    return Shown.percent(part, column.rows()) + " %";
  }

  private static long infinite(ColumnProfile column) {
    return column.positiveInfinity() + column.negativeInfinity();
  }

  private static String range(ColumnProfile column) {
    return column.min() == null
        ? Shown.NONE
        : "[" + Shown.number(column.min()) + ", " + Shown.number(column.max()) + "]";
  }

  private static String lengths(ColumnProfile column) {
    return column.minLength() == null
        ? Shown.NONE
        : "[" + column.minLength() + ", " + column.maxLength() + "]";
  }

  private static String sizes(ColumnProfile column) {
    return column.minSize() == null
        ? Shown.NONE
        : "[" + column.minSize() + ", " + column.maxSize() + "]";
  }

  private void distance() {
    if (before.isText() != after.isText()) {
      return;
    }
    if (!FloatWidth.asCounted(before, after).gridEdges().equals(after.gridEdges())) {
      lines.add("PSI unknown: the two were counted on grids that differ");
      return;
    }
    Double psi = Distances.psi(before, after);
    if (psi != null && psi != 0) {
      lines.add("PSI " + Shown.number(psi));
    }
  }
}
