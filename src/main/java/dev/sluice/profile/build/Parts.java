package dev.sluice.profile.build;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.PartKind;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.Season;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The parts of a baseline, and to which of them a row's key belongs. Segments come in the order of
 * their names, after them the one of the rest, after it the seasons in that of the calendar.
 */
final class Parts {
  /** No parts. */
  static final Parts NONE = new Parts();

  private final List<Part> parts = new ArrayList<>();
  private int[] partOfSegment = {};
  private int[] partOfSeason = {};

  private record Part(PartKind kind, String field, String value, long rows) {}

  private Parts() {}

  /**
   * Chooses the parts.
   *
   * @param segments the names of all segments
   * @param segmentRows the number of rows of each, of some perhaps 0
   * @param seasonRows the number of rows of each season
   */
  static Parts of(
      PartOptions options, List<String> segments, long[] segmentRows, long[] seasonRows) {
    Parts parts = new Parts();
    if (options.hasSegments()) {
      parts.addSegments(options, segments, segmentRows);
    }
    parts.addSeasons(options.season(), seasonRows);
    return parts;
  }

  private void addSegments(PartOptions options, List<String> segments, long[] rows) {
    String field = options.segmentField();
    Comparator<Integer> byRows = Comparator.comparingLong(segment -> -rows[segment]);
    List<Integer> kept =
        IntStream.range(0, segments.size())
            .filter(segment -> rows[segment] > 0)
            .filter(segment -> !segments.get(segment).equals(ProfilePart.OTHER))
            .boxed()
            .sorted(byRows.thenComparing(segments::get))
            .limit(options.maxSegments())
            .sorted(Comparator.comparing(segments::get))
            .toList();
    partOfSegment = new int[segments.size()];
    long rest = Arrays.stream(rows).sum() - kept.stream().mapToLong(segment -> rows[segment]).sum();
    Arrays.fill(partOfSegment, rest > 0 ? kept.size() : -1);
    for (int segment : kept) {
      partOfSegment[segment] = parts.size();
      parts.add(new Part(PartKind.SEGMENT, field, segments.get(segment), rows[segment]));
    }
    if (rest > 0) {
      parts.add(new Part(PartKind.SEGMENT, field, ProfilePart.OTHER, rest));
    }
  }

  private void addSeasons(Season season, long[] rows) {
    partOfSeason = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      partOfSeason[i] = rows[i] > 0 ? parts.size() : -1;
      if (rows[i] > 0) {
        parts.add(new Part(PartKind.SEASON, "", season.nameOf(i), rows[i]));
      }
    }
  }

  /** Returns how many parts there are. */
  int size() {
    return parts.size();
  }

  /** Returns the part of a key's segment, -1 without segments. */
  int segmentPart(long key) {
    return partOfSegment(PartKeys.segment(key));
  }

  /** Returns the part of a key's season, -1 without seasons. */
  int seasonPart(long key) {
    return partOfSeason(PartKeys.season(key));
  }

  /** Returns the part of a segment by its number, -1 without segments. */
  int partOfSegment(int segment) {
    return partOfSegment.length == 0 ? -1 : partOfSegment[segment];
  }

  /** Returns the part of a season by its number, -1 without seasons. */
  int partOfSeason(int season) {
    return partOfSeason.length == 0 ? -1 : partOfSeason[season];
  }

  /**
   * Returns the parts of the profile.
   *
   * @param columns the inputs by the number of the part
   * @param outputs the outputs by the number of the part
   */
  List<ProfilePart> toProfile(
      IntFunction<List<ColumnProfile>> columns, IntFunction<List<ColumnProfile>> outputs) {
    return IntStream.range(0, parts.size())
        .mapToObj(
            i -> {
              Part part = parts.get(i);
              return new ProfilePart(
                  part.kind, part.field, part.value, part.rows, columns.apply(i), outputs.apply(i));
            })
        .toList();
  }
}
