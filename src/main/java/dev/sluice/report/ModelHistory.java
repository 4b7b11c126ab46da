package dev.sluice.report;

import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The windows of one model, compared with one baseline; none where only alarms are about it.
 * Mutable, not thread-safe.
 */
final class ModelHistory {
  private static final Comparator<ProfiledWindow> NEWEST_LAST =
      Comparator.comparing(
              ProfiledWindow::start, Comparator.nullsFirst(Comparator.<Long>naturalOrder()))
          .thenComparingInt(ProfiledWindow::rank);

  private final ModelKey key;
  private ProfiledModel model;
  private ProfiledWindow named = ProfiledWindow.none("");
  private final Map<ProfileKind, Map<String, SegmentHistory>> kinds =
      new EnumMap<>(ProfileKind.class);
  private long droppedWindows;

  ModelHistory(ModelKey key, ProfiledModel model) {
    this.key = key;
    this.model = model;
  }

  ModelKey key() {
    return key;
  }

  ProfiledModel model() {
    return model;
  }

  /**
   * Takes the name and version of the model where the window is not older than the one that they
   * are from: a package may change them with the same model file. A window of another model's job
   * knows neither.
   */
  void named(ProfiledModel seen, ProfiledWindow window) {
    if (model.name().isEmpty()
        || !seen.name().isEmpty() && NEWEST_LAST.compare(window, named) >= 0) {
      model = seen;
      named = window;
    }
  }

  /** Returns whether windows are about it, and not alarms alone; those that were dropped count. */
  boolean hasWindows() {
    return !kinds.isEmpty();
  }

  SegmentHistory segment(ProfileKind kind, String segment) {
    return kinds
        .computeIfAbsent(kind, key -> new TreeMap<>())
        .computeIfAbsent(segment, key -> new SegmentHistory());
  }

  /** Returns a segment; empty where it has no windows. */
  Optional<SegmentHistory> find(ProfileKind kind, String segment) {
    return Optional.ofNullable(kinds.getOrDefault(kind, Map.of()).get(segment));
  }

  /** Returns the segments of a kind by name; the empty name is that of all records. */
  Map<String, SegmentHistory> segments(ProfileKind kind) {
    return kinds.getOrDefault(kind, Map.of());
  }

  /** Returns the segments but those of all records. */
  Stream<SegmentHistory> parts() {
    return kinds.values().stream()
        .flatMap(segments -> segments.entrySet().stream())
        .filter(segment -> !segment.getKey().isEmpty())
        .map(Map.Entry::getValue);
  }

  /** Returns the segments of all records, of inputs and of outputs. */
  Stream<SegmentHistory> wholes() {
    return kinds.values().stream().map(segments -> segments.get("")).filter(Objects::nonNull);
  }

  Stream<SegmentHistory> all() {
    return kinds.values().stream().map(Map::values).flatMap(Collection::stream);
  }

  /** Returns when its newest window starts, of any segment; in milliseconds since the epoch. */
  OptionalLong newestStart() {
    return all()
        .filter(segment -> !segment.windows().isEmpty())
        .mapToLong(segment -> segment.windows().lastKey().start())
        .max();
  }

  long bytes() {
    return all().mapToLong(SegmentHistory::bytes).sum();
  }

  /** Returns how many windows of all records were dropped, of inputs or of outputs. */
  long droppedWindows() {
    return droppedWindows;
  }

  void dropBefore(long start) {
    int most = 0;
    for (Map<String, SegmentHistory> segments : kinds.values()) {
      for (Map.Entry<String, SegmentHistory> segment : segments.entrySet()) {
        int dropped = segment.getValue().dropBefore(start);
        most = segment.getKey().isEmpty() ? Math.max(most, dropped) : most;
      }
    }
    droppedWindows += most;
  }

  SeenModel seen() {
    int windows = 0;
    Long first = null;
    Long last = null;
    for (ProfileKind kind : kinds.keySet()) {
      SegmentHistory whole = kinds.get(kind).get("");
      if (whole != null && !whole.windows().isEmpty()) {
        windows = Math.max(windows, whole.windows().size());
        long start = whole.windows().firstKey().start();
        long end = whole.windows().lastKey().end();
        first = first == null ? start : Math.min(first, start);
        last = last == null ? end : Math.max(last, end);
      }
    }
    return new SeenModel(model, key.baselineSha256(), windows, first, last);
  }
}
