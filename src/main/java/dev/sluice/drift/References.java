package dev.sluice.drift;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.PartKind;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.ProfiledWindow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the columns of one window are compared with: the same season of the baseline, where it has
 * seasons and the window is of all segments; the same segment of it, where it has that segment;
 * else all of it. A segment's seasons are not told apart, since a baseline does not keep them so:
 * what is known is how far the seasons of all segments are from the whole.
 */
public final class References {
  private final DataProfile baseline;
  private final boolean outputs;
  private final Duration length;
  private final String name;
  private final List<ProfilePart> parts;
  private final List<ProfilePart> seasons;
  private final String divider;

  private References(
      DataProfile baseline,
      boolean outputs,
      Duration length,
      String name,
      List<ProfilePart> parts,
      List<ProfilePart> seasons,
      String divider) {
    this.baseline = requireNonNull(baseline, "baseline is null");
    this.outputs = outputs;
    this.length = requireNonNull(length, "length is null");
    this.name = requireNonNull(name, "name is null");
    this.parts = List.copyOf(parts);
    this.seasons = List.copyOf(seasons);
    this.divider = requireNonNull(divider, "divider is null");
  }

  /**
   * Returns what a window is compared with.
   *
   * @param window one with a start and an end
   */
  public static References of(DataProfile baseline, ProfileKind kind, ProfiledWindow window) {
    return of(baseline, kind, window, "");
  }

  /**
   * Returns what a window is compared with.
   *
   * @param window one with a start and an end
   * @param segmentField the field whose values make the segments, empty where there are none
   */
  public static References of(
      DataProfile baseline, ProfileKind kind, ProfiledWindow window, String segmentField) {
    boolean outputs = kind == ProfileKind.OUTPUT;
    Duration length =
        Duration.ofMillis(Math.max(1, saturatedDifference(window.end(), window.start())));
    CoveredSeasons seasons = CoveredSeasons.of(baseline, window);
    if (!window.segment().isEmpty()) {
      Optional<ProfilePart> segment = baseline.part(PartKind.SEGMENT, window.segment());
      return new References(
          baseline,
          outputs,
          length,
          segment.isPresent() ? "segment " + window.segment() : ColumnDrift.BASELINE,
          segment.stream().toList(),
          seasons.parts(),
          segment.isPresent() || outputs ? "" : segmentField);
    }
    return new References(
        baseline, outputs, length, seasons.name(), seasons.parts(), List.of(), "");
  }

  private static long saturatedDifference(long end, long start) {
    long difference = end - start;
    return end > start && difference < 0 ? Long.MAX_VALUE : difference;
  }

  /** Returns how long the window is. */
  public Duration length() {
    return length;
  }

  /**
   * Returns what a column is compared with; empty where the baseline does not have it, or where it
   * makes the segments and the window is of one that the baseline lacks: the two differ, and say
   * nothing by it.
   */
  public Optional<Reference> of(String column) {
    if (column.equals(divider)) {
      return Optional.empty();
    }
    Optional<ColumnProfile> whole = outputs ? baseline.output(column) : baseline.column(column);
    return whole.map(
        known -> new Reference(name, ofParts(parts, known), known, ofParts(seasons, known)));
  }

  private ColumnProfile ofParts(List<ProfilePart> parts, ColumnProfile whole) {
    Function<ProfilePart, List<ColumnProfile>> columns =
        outputs ? ProfilePart::outputs : ProfilePart::columns;
    List<ColumnProfile> some =
        parts.stream()
            .flatMap(part -> columns.apply(part).stream())
            .filter(column -> column.name().equals(whole.name()))
            .toList();
    return some.isEmpty() ? whole : MergedColumn.of(some);
  }
}
