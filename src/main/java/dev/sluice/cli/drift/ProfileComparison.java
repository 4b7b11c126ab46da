package dev.sluice.cli.drift;

import dev.sluice.cli.drift.ColumnResult.Amounts;
import dev.sluice.drift.ColumnComparison;
import dev.sluice.drift.Comparison;
import dev.sluice.drift.SignificanceLevel;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares the columns and outputs that two data profiles have in common. */
final class ProfileComparison {
  private final SignificanceLevel significance;
  private final List<ColumnResult> results = new ArrayList<>();
  private final List<String> onlyReference = new ArrayList<>();
  private final List<String> onlyCurrent = new ArrayList<>();

  ProfileComparison(DataProfile reference, DataProfile current, SignificanceLevel significance) {
    this.significance = significance;
    compare("column", reference.columns(), current.columns());
    compare("output", reference.outputs(), current.outputs());
  }

  List<ColumnResult> results() {
    return results;
  }

  List<String> onlyReference() {
    return onlyReference;
  }

  List<String> onlyCurrent() {
    return onlyCurrent;
  }

  private void compare(String kind, List<ColumnProfile> reference, List<ColumnProfile> current) {
    Map<String, ColumnProfile> others = new LinkedHashMap<>();
    current.forEach(column -> others.put(column.name(), column));
    for (ColumnProfile column : reference) {
      ColumnProfile other = others.remove(column.name());
      if (other == null) {
        onlyReference.add(column.name());
      } else {
        results.add(result(kind, column, other));
      }
    }
    onlyCurrent.addAll(others.keySet());
  }

  private ColumnResult result(String kind, ColumnProfile reference, ColumnProfile current) {
    String type = reference.isText() ? "text" : "number";
    String obstacle = ColumnComparison.obstacle(reference, current);
    if (!obstacle.isEmpty()) {
      return new ColumnResult(
          kind,
          reference.name(),
          type,
          amounts(reference),
          amounts(current),
          null,
          List.of(),
          obstacle);
    }
    ColumnComparison comparison = ColumnComparison.of(reference, current);
    return new ColumnResult(
        kind,
        reference.name(),
        type,
        amounts(reference),
        amounts(current),
        comparison.cells(),
        Comparison.of(comparison.cells(), comparison.ordered(), significance),
        "");
  }

  private static Amounts amounts(ColumnProfile column) {
    return new Amounts(column.present(), column.nan(), column.missing());
  }
}
