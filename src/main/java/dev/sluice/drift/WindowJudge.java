package dev.sluice.drift;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Judges the columns of one window together: which differences are significant depends on how many
 * columns there are (see {@link BenjaminiHochberg}).
 */
public final class WindowJudge {
  private final DriftRule rule;

  public WindowJudge(DriftRule rule) {
    this.rule = requireNonNull(rule, "rule is null");
  }

  /**
   * Returns the drift of each column that there is something to compare with; a column that is not
   * in the baseline, is of another type there, had no value there, or makes the segments that the
   * baseline does not have, is left out.
   *
   * @param references what the columns of this window are compared with
   * @param columns those of one window and segment by name, counted on the baseline's grids
   * @throws IllegalArgumentException if a column was counted on another grid
   */
  public Map<String, ColumnDrift> judge(References references, Map<String, ColumnProfile> columns) {
    Map<String, ColumnJudge> judges = new LinkedHashMap<>();
    columns.forEach(
        (name, column) ->
            references
                .of(name)
                .filter(reference -> isComparable(reference.whole(), column))
                .ifPresent(
                    reference ->
                        judges.put(
                            name,
                            new ColumnJudge(
                                new Evidence(reference, column, references.length(), rule)))));
    double[] pValues =
        judges.values().stream()
            .filter(ColumnJudge::isTestable)
            .mapToDouble(ColumnJudge::pValue)
            .toArray();
    double significantUpTo = BenjaminiHochberg.threshold(pValues, rule.falseDiscoveryRate());
    Map<String, ColumnDrift> drifts = new LinkedHashMap<>();
    judges.forEach((name, judge) -> drifts.put(name, judge.drift(significantUpTo)));
    return drifts;
  }

  private static boolean isComparable(ColumnProfile whole, ColumnProfile current) {
    return whole.isText() == current.isText() && (whole.isText() || !whole.massEdges().isEmpty());
  }
}
