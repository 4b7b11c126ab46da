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

  /** Returns one of these columns, of no model. */
  public static DataProfile of(List<ColumnProfile> columns) {
    return DataProfile.empty().withExpectations(columns, List.of());
  }
}
