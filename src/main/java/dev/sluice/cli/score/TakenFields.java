package dev.sluice.cli.score;

import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which fields of records are taken: all, or some with everything within them.
 *
 * @param all whether it is all of them
 * @param paths the dotted paths of those that are taken where it is not all
 */
public record TakenFields(boolean all, Set<String> paths) {
  static final TakenFields ALL = new TakenFields(true, Set.of());

  public TakenFields {
    paths = Set.copyOf(paths);
  }

  /** Returns the fields that are columns of a layout. */
  static TakenFields of(FeatureLayout layout) {
    return new TakenFields(
        false,
        layout.columns().stream().map(FeatureColumn::name).collect(Collectors.toUnmodifiableSet()));
  }

  /** Returns the same, and one more; empty for none. */
  TakenFields with(String path) {
    if (all || path.isEmpty()) {
      return this;
    }
    Set<String> more = new HashSet<>(paths);
    more.add(path);
    return new TakenFields(false, more);
  }

  /** Returns whether a field is taken, itself or as part of one that is. */
  boolean has(String path) {
    return all
        || paths.stream().anyMatch(taken -> path.equals(taken) || path.startsWith(taken + "."));
  }

  /**
   * Returns whether a field is taken, or one within it.
   *
   * @param path empty for the record as a whole
   */
  boolean leadsThrough(String path) {
    String prefix = path.isEmpty() ? "" : path + ".";
    return has(path) || paths.stream().anyMatch(taken -> taken.startsWith(prefix));
  }
}
