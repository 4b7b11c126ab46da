package dev.sluice.profile;

import dev.sluice.expect.Expectation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Expectations that a person stated elsewhere, folded into a baseline: those of one column that it
 * has go to this column, all others stand by themselves. Where it has the same expectation already,
 * the stated one takes its place, with its severity, and it is no longer a suggestion.
 *
 * @param profile the baseline with all of them
 * @param added how many are new
 * @param merged how many took the place of one that was there
 */
public record StatedExpectations(DataProfile profile, int added, int merged) {
  /** Folds expectations into a baseline; of two that are the same the later one stays. */
  public static StatedExpectations foldInto(DataProfile baseline, List<Expectation> stated) {
    Map<String, List<Expectation>> ofColumns = new LinkedHashMap<>();
    baseline.columns().forEach(c -> ofColumns.put(c.name(), new ArrayList<>(c.expectations())));
    List<Expectation> ofProfile = new ArrayList<>(baseline.expectations());
    int merged = 0;
    for (Expectation expectation : stated) {
      boolean ofOne = expectation.columns().size() == 1;
      List<Expectation> column = ofOne ? ofColumns.get(expectation.column()) : null;
      merged += put(expectation, column == null ? ofProfile : column) ? 1 : 0;
    }
    List<ColumnProfile> columns =
        baseline.columns().stream()
            .map(column -> column.withExpectations(ofColumns.get(column.name())))
            .toList();
    return new StatedExpectations(
        baseline.withExpectations(columns, ofProfile), stated.size() - merged, merged);
  }

  private static boolean put(Expectation expectation, List<Expectation> among) {
    for (int i = 0; i < among.size(); i++) {
      if (among.get(i).id().equals(expectation.id())) {
        among.set(i, expectation);
        return true;
      }
    }
    among.add(expectation);
    return false;
  }
}
