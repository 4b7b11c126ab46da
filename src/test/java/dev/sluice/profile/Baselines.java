package dev.sluice.profile;

import dev.sluice.expect.Expectation;
import java.util.List;

/** Baselines of tests. */
public final class Baselines {
  private Baselines() {}

  /** Returns one without columns, in which these expectations stand by themselves. */
  public static DataProfile expecting(List<Expectation> expectations) {
    return DataProfile.empty().withExpectations(List.of(), expectations);
  }

  /** Returns one of a column without expectations. */
  public static DataProfile ofColumn(ColumnProfile column) {
    return DataProfile.empty().withExpectations(List.of(column), List.of());
  }

  /** Returns what a window publishes beside its columns. */
  public static DataProfile summary(List<ExpectationResult> results) {
    return new DataProfile(
        DataProfile.FORMAT_VERSION,
        ProfileKind.INPUT,
        new ProfiledModel("model", "1", "ab".repeat(32)),
        new ProfiledWindow("cd".repeat(32), "", 0L, 1L, "P1D", "UTC", 0),
        RowCounts.of(1),
        List.of(),
        List.of(),
        List.of(),
        null,
        "test",
        WindowFindings.of(results),
        List.of());
  }

  /** Returns one of these columns, of no model. */
  public static DataProfile of(List<ColumnProfile> columns) {
    return DataProfile.empty().withExpectations(columns, List.of());
  }
}
