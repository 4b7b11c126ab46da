package dev.sluice.cli.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Holds rows against those expected, one by one in their order. Floating-point numbers agree up to
 * an absolute difference, all else where it is equal.
 */
public final class Comparison {
  private final ExpectedRows expected;
  private final double tolerance;
  private final Map<String, OutputAgreement> outputs = new LinkedHashMap<>();
  private long rows;
  private long compared;
  private long expectedRows;
  private long otherEnds;
  private String firstOtherEnd = "";

  /**
   * @param expected stays the caller's to close
   * @param names the names of the model's outputs
   * @param tolerance the largest difference of two numbers that agree, 0 or more
   */
  public Comparison(ExpectedRows expected, List<String> names, double tolerance) {
    this.expected = expected;
    this.tolerance = tolerance;
    names.forEach(name -> outputs.put(name, new OutputAgreement(name, tolerance)));
  }

  void add(ScoredRow row) {
    rows++;
    ExpectedRow other = expected.next();
    if (other == null) {
      return;
    }
    expectedRows++;
    boolean says = other.status() != null || !other.values().isEmpty();
    compared += says ? 1 : 0;
    if (row.isPredicted() && !other.isUnpredicted()) {
      other
          .values()
          .forEach(
              (path, value) ->
                  outputs
                      .get(path.output())
                      .compare(row.row(), path, path.in(row.outputs()), value));
    } else if (says && !row.status().word().equals(end(other))) {
      if (otherEnds++ == 0) {
        firstOtherEnd =
            "row %d is %s%s, expected %s"
                .formatted(
                    row.row(),
                    row.status().word(),
                    row.isPredicted() ? "" : " (" + row.reason() + ")",
                    end(other));
      }
    }
  }

  private static String end(ExpectedRow row) {
    return row.status() == null ? ScoredRow.Status.PREDICTED.word() : row.status();
  }

  /**
   * Ends the comparison.
   *
   * @throws IllegalArgumentException if there was nothing to compare
   */
  void finish() {
    while (expected.next() != null) {
      expectedRows++;
    }
    if (compared == 0 && rows > 0 && expectedRows > 0) {
      throw new IllegalArgumentException(
          "--expect: "
              + expected.name()
              + " has no value for any of the outputs "
              + Names.listed(List.copyOf(outputs.keySet()))
              + ", expected their names; --expect-column OUTPUT=NAME maps others");
    }
  }

  /**
   * Returns whether all that was expected came, and as many rows. A row of which nothing is
   * expected agrees: its cells are empty, or its values null, because nobody knows better. The
   * report counts such rows.
   */
  public boolean agrees() {
    return rows == expectedRows
        && otherEnds == 0
        && outputs.values().stream().allMatch(OutputAgreement::agrees);
  }

  /** Returns lines for a person: whether it agrees, and where it does not. */
  public List<String> report() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s %s: %,d%s rows compared, tolerance %s (absolute)",
            agrees() ? "agrees with" : "DIFFERS from",
            expected.name(),
            compared,
            compared == rows ? "" : String.format(Locale.ROOT, " of %,d", rows),
            tolerance));
    if (compared < Math.min(rows, expectedRows)) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %,d rows NOT compared: nothing is expected of them",
              Math.min(rows, expectedRows) - compared));
    }
    if (rows != expectedRows) {
      lines.add(String.format(Locale.ROOT, "  %,d rows, expected %,d", rows, expectedRows));
    }
    if (otherEnds > 0) {
      lines.add(
          String.format(
              Locale.ROOT, "  %,d rows came to another end; first %s", otherEnds, firstOtherEnd));
    }
    outputs.values().forEach(output -> lines.add(output.line()));
    return lines;
  }
}
