package dev.sluice.drift;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.ProfiledWindow;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the columns of a baseline of which a reference has so few values that no window gets a
 * verdict, however many values it has: chance alone makes more of the reference than the threshold
 * allows, see {@link NeededRows}.
 */
public final class SmallReferences {
  private final DataProfile baseline;
  private final boolean outputs;
  private final DriftRule rule;
  private final Collection<Candidate> candidates;

  /**
   * A column of which a reference is too small.
   *
   * @param column its name
   * @param reference the one with the fewest values, see {@link
   *     dev.sluice.profile.ColumnDrift#reference}
   * @param values how many values that has, missing ones left out
   * @param needed how many it has to have at least
   */
  public record Small(String column, String reference, long values, long needed) {
    public Small {
      requireNonNull(column, "column is null");
      requireNonNull(reference, "reference is null");
    }
  }

  /**
   * What some windows are compared with.
   *
   * @param present how many values each column has, for each part; no parts for the baseline
   */
  private record Candidate(References references, List<Map<String, Long>> present) {
    long size(ColumnProfile whole) {
      return present.isEmpty()
          ? whole.present()
          : present.stream().mapToLong(part -> part.getOrDefault(whole.name(), 0L)).sum();
    }
  }

  private SmallReferences(
      DataProfile baseline, ProfileKind kind, Collection<ProfiledWindow> windows, DriftRule rule) {
    this.baseline = baseline;
    this.outputs = kind == ProfileKind.OUTPUT;
    this.rule = rule;
    Map<ProfilePart, Map<String, Long>> present = new IdentityHashMap<>();
    baseline.parts().forEach(part -> present.put(part, present(part)));
    Map<String, Candidate> byName = new TreeMap<>();
    for (ProfiledWindow window : windows) {
      CoveredSeasons seasons = CoveredSeasons.of(baseline, window);
      byName.computeIfAbsent(
          seasons.name(),
          name ->
              new Candidate(
                  References.of(baseline, kind, window),
                  seasons.parts().stream().map(present::get).toList()));
    }
    this.candidates = byName.values();
  }

  private Map<String, Long> present(ProfilePart part) {
    return (outputs ? part.outputs() : part.columns())
        .stream().collect(Collectors.toMap(ColumnProfile::name, ColumnProfile::present, Long::sum));
  }

  /**
   * Returns the columns that are so, inputs before outputs.
   *
   * @param windows some that are to be judged, of all segments; those of one reference count once
   */
  public static List<Small> of(
      DataProfile baseline, Collection<ProfiledWindow> windows, DriftRule rule) {
    return Stream.of(ProfileKind.INPUT, ProfileKind.OUTPUT)
        .flatMap(kind -> new SmallReferences(baseline, kind, windows, rule).find())
        .toList();
  }

  private Stream<Small> find() {
    return (outputs ? baseline.outputs() : baseline.columns())
        .stream().flatMap(whole -> small(whole).stream());
  }

  private Optional<Small> small(ColumnProfile whole) {
    if (whole.present() == 0 || !whole.isText() && whole.massEdges().isEmpty()) {
      return Optional.empty();
    }
    return candidates.stream()
        .min(Comparator.comparingLong(candidate -> candidate.size(whole)))
        .map(Candidate::references)
        .flatMap(references -> small(whole.name(), references));
  }

  private Optional<Small> small(String column, References references) {
    Reference reference = references.of(column).orElseThrow();
    ColumnProfile expected = reference.column();
    if (!ColumnComparison.obstacle(expected, expected).isEmpty()) {
      return Optional.empty();
    }
    Evidence evidence = new Evidence(reference, expected, references.length(), rule);
    long needed = Math.max(ArrayWidth.values(rule.minRows(), evidence), neededByChance(evidence));
    return expected.present() < needed
        ? Optional.of(new Small(column, reference.name(), expected.present(), needed))
        : Optional.empty();
  }

  /** Returns how many values the reference has to have; 0 where it has enough. */
  private long neededByChance(Evidence evidence) {
    ColumnComparison comparison = ColumnComparison.of(evidence.expected(), evidence.expected());
    double[] reference = comparison.cells().reference();
    double threshold = EffectFloor.of(evidence);
    double rate = rule.falseDiscoveryRate();
    int cells = (int) Arrays.stream(reference).filter(values -> values > 0).count();
    boolean isEnough =
        EffectFloor.isTooShort(evidence) // whatever it has
            || threshold >= Reach.of(reference)
            || NeededRows.of(
                    threshold,
                    cells,
                    Shares.total(reference),
                    rate,
                    ArrayWidth.values(rule.minRows(), evidence))
                < NeededRows.NEVER;
    return isEnough ? 0 : (long) (NeededRows.quantile(rate, cells - 1) / threshold) + 1;
  }
}
