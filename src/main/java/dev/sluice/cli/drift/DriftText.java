package dev.sluice.cli.drift;

import dev.sluice.cli.inspect.Shown;
import dev.sluice.drift.Measurement;
import dev.sluice.drift.Metric;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A comparison as lines for a terminal; every number with all its digits. */
public final class DriftText {
  private static final String ROW = "  %-27s %-24s %-5s %-12s %s";

  private DriftText() {}

  /** Returns the lines. */
  public static List<String> of(DriftResult result) {
    List<String> lines = new ArrayList<>();
    lines.add("reference  " + Shown.text(result.reference()) + " (" + result.referenceForm() + ")");
    lines.add("current    " + Shown.text(result.current()) + " (" + result.currentForm() + ")");
    result.columns().forEach(column -> add(lines, column));
    only(lines, "reference", result.onlyReference());
    only(lines, "current data", result.onlyCurrent());
    return lines;
  }

  private static void add(List<String> lines, ColumnResult column) {
    lines.add("");
    lines.add(
        "%s %s(%s): %s against %s"
            .formatted(
                column.kind(),
                column.name().isEmpty() ? "" : Shown.text(column.name()) + " ",
                column.type(),
                amounts(column.current()),
                amounts(column.reference())));
    if (!column.obstacle().isEmpty()) {
      lines.add("  not compared: " + column.obstacle());
      return;
    }
    lines.add(ROW.formatted("metric", "value", "base", "root", "").stripTrailing());
    for (Measurement m : column.measurements()) {
      Metric metric = m.metric();
      lines.add(
          ROW.formatted(
                  metric.id(),
                  m.value() == null ? "-" : m.value().toString(),
                  metric.base().isEmpty() ? "-" : metric.base(),
                  metric.root().isEmpty() ? "-" : metric.root(),
                  m.value() == null ? m.note() : details(m.details()))
              .stripTrailing());
    }
  }

  private static String amounts(ColumnResult.Amounts amounts) {
    String text = count(amounts.values()) + " values";
    text += amounts.nan() > 0 ? ", " + count(amounts.nan()) + " of them NaN" : "";
    return text + (amounts.missing() > 0 ? ", " + count(amounts.missing()) + " missing" : "");
  }

  private static String count(double count) {
    return new BigDecimal(Double.toString(count)).stripTrailingZeros().toPlainString();
  }

  private static String details(Map<String, Double> details) {
    return details.entrySet().stream()
        .map(detail -> detail.getKey() + " " + detail.getValue())
        .collect(Collectors.joining(", "));
  }

  private static void only(List<String> lines, String side, List<String> names) {
    if (!names.isEmpty()) {
      lines.add("");
      lines.add("the " + side + " alone has: " + Shown.text(String.join(", ", names)));
    }
  }
}
