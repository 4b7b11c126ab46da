package dev.sluice.profile.merge;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Adds windows up, hours to a day: counts, statistics, rejections, and how many records each
 * expectation of single records was about. What only a whole window can be judged by, drift and
 * expectations of windows, is left out.
 */
public final class WindowUnion {
  private WindowUnion() {}

  /**
   * Returns the profile of all records of some windows.
   *
   * @param windows each with all its columns and the counts of its summary, in any order
   * @throws IllegalArgumentException if there is none, if one is no window, if two overlap, or if
   *     they are not of one kind, model, baseline, segment, time zone and grid
   */
  public static DataProfile of(List<DataProfile> windows) {
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("there is no window, expected 1 or more");
    }
    windows.forEach(WindowUnion::requireWindow);
    requireSame("kind", windows, DataProfile::kind);
    requireSame("SHA-256 of the model", windows, profile -> profile.model().sha256());
    requireSame("SHA-256 of the baseline", windows, profile -> profile.window().baselineSha256());
    requireSame("segment", windows, profile -> profile.window().segment());
    requireSame("time zone", windows, profile -> profile.window().timeZone());
    List<DataProfile> sorted =
        windows.stream()
            .sorted(
                Comparator.<DataProfile>comparingLong(profile -> profile.window().start())
                    .thenComparing(profile -> profile.window().end()))
            .toList();
    requireApart(sorted);
    DataProfile first = sorted.get(0);
    return new DataProfile(
        DataProfile.FORMAT_VERSION,
        first.kind(),
        model(sorted),
        Span.of(sorted.stream().map(DataProfile::window).toList()),
        sorted.stream().map(DataProfile::counts).reduce(RowCounts.NONE, RowCounts::plus),
        columns(sorted),
        List.of(),
        List.of(),
        null,
        first.creator(),
        FindingsSum.of(sorted.stream().map(DataProfile::findings).toList()),
        List.of());
  }

  private static void requireWindow(DataProfile profile) {
    if (profile.kind() == ProfileKind.BASELINE || profile.window().start() == null) {
      throw new IllegalArgumentException(
          "one profile is "
              + (profile.kind() == ProfileKind.BASELINE ? "a baseline" : "of late records alone")
              + ", expected windows");
    }
  }

  private static void requireSame(
      String what, List<DataProfile> windows, Function<DataProfile, Object> of) {
    Object expected = of.apply(windows.get(0));
    for (DataProfile window : windows) {
      if (!of.apply(window).equals(expected)) {
        throw new IllegalArgumentException(
            "%s of %s is %s, expected %s as of %s"
                .formatted(
                    what,
                    Span.name(window.window()),
                    quoted(of.apply(window)),
                    quoted(expected),
                    Span.name(windows.get(0).window())));
      }
    }
  }

  private static Object quoted(Object value) {
    return value.equals("") ? "\"\"" : value;
  }

  private static void requireApart(List<DataProfile> sorted) {
    for (int i = 1; i < sorted.size(); i++) {
      ProfiledWindow before = sorted.get(i - 1).window();
      ProfiledWindow window = sorted.get(i).window();
      if (window.start() < before.end()) {
        throw new IllegalArgumentException(
            "window %s overlaps %s, expected windows apart"
                .formatted(Span.name(window), Span.name(before)));
      }
    }
  }

  /** The one whose name is known: a window that opened under another model does not say it. */
  private static ProfiledModel model(List<DataProfile> windows) {
    return windows.stream()
        .map(DataProfile::model)
        .filter(model -> !model.name().isEmpty())
        .reduce((one, later) -> later)
        .orElse(windows.get(0).model());
  }

  private static List<ColumnProfile> columns(List<DataProfile> windows) {
    Map<String, ColumnSum> sums = new LinkedHashMap<>();
    for (DataProfile window : windows) {
      for (ColumnProfile column : window.columns()) {
        ColumnSum sum = sums.get(column.name());
        if (sum == null) {
          sums.put(column.name(), new ColumnSum(column));
        } else {
          sum.add(column);
        }
      }
    }
    return sums.values().stream().map(ColumnSum::toProfile).toList();
  }
}
