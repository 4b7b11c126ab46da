package dev.sluice.monitor;

import dev.sluice.config.SegmentOptions;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.PartKind;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.statistics.ValueCounts;
import dev.sluice.record.ColumnView;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The segments that rows belong to by the value of one column. They are fixed before the job
 * starts, so that it does not depend on the order of rows who has one; the rest, and rows without a
 * value, are in {@value ProfilePart#OTHER}. A segment's number is 1 or more; {@link #ALL} stands
 * for all rows together.
 */
public final class Segments implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The number of the segment that all rows are in. */
  static final int ALL = 0;

  /** No segments: there is {@link #ALL} alone. */
  public static final Segments NONE = new Segments("", -1, 0, ElementType.STRING, List.of());

  private final String field;
  private final int column;
  private final int element;
  private final ElementType type;
  private final List<String> names;
  private final Map<String, Integer> texts = new HashMap<>();
  private final long[] numbers;
  private final int[] numbered;

  /** A parsed value keeps the order of its name's. */
  private Segments(String field, int column, int element, ElementType type, List<String> names) {
    this.field = field;
    this.column = column;
    this.element = element;
    this.type = type;
    this.names = List.copyOf(names);
    if (type == ElementType.STRING) {
      numbers = new long[0];
      names.forEach(name -> texts.put(name, texts.size() + 1));
    } else {
      numbers = names.stream().mapToLong(name -> number(name, type)).sorted().toArray();
    }
    numbered = new int[numbers.length];
    for (int i = 0; i < names.size() && numbers.length > 0; i++) {
      numbered[Arrays.binarySearch(numbers, number(names.get(i), type))] = i + 1;
    }
  }

  /**
   * Decides on the segments.
   *
   * @param baseline has segments where the options list none
   * @throws IllegalArgumentException if the layout does not have the field as a single text, whole
   *     number or boolean, if nothing says its values, or if one of them is none of its type
   */
  public static Segments plan(SegmentOptions options, FeatureLayout layout, DataProfile baseline) {
    if (!options.areAsked()) {
      return NONE;
    }
    String is = SegmentOptions.BY.key() + " is " + options.by();
    int column = layout.indexOf(options.by());
    if (column < 0) {
      throw new IllegalArgumentException(is + ", expected a field of the feature records");
    }
    FeatureColumn field = layout.columns().get(column);
    if (!field.shape().isEmpty() || field.type().isFloating()) {
      throw new IllegalArgumentException(
          is
              + ", which is "
              + (field.shape().isEmpty() ? field.type().toString() : "an array")
              + ", expected a field of texts, whole numbers or booleans");
    }
    List<String> names =
        (options.values().isEmpty() ? ofBaseline(options, baseline) : options.values())
            .stream()
                .filter(name -> !name.isEmpty() && !name.equals(ProfilePart.OTHER))
                .map(name -> canonical(name, field))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          is
              + ", but the data profile has no segments, expected one made by profile --segment-by "
              + options.by()
              + ", or the values in "
              + SegmentOptions.VALUES.key());
    }
    return new Segments(options.by(), column, layout.elementOffset(column), field.type(), names);
  }

  /** Those of most rows; {@value ProfilePart#OTHER} is there anyway. */
  private static List<String> ofBaseline(SegmentOptions options, DataProfile baseline) {
    return parts(baseline, options.by())
        .filter(part -> !part.value().isEmpty() && !part.value().equals(ProfilePart.OTHER))
        .sorted(
            Comparator.comparingLong(ProfilePart::rows)
                .reversed()
                .thenComparing(ProfilePart::value))
        .limit(options.max())
        .map(ProfilePart::value)
        .toList();
  }

  private static Stream<ProfilePart> parts(DataProfile baseline, String field) {
    return baseline.parts().stream()
        .filter(part -> part.kind() == PartKind.SEGMENT)
        .filter(part -> part.field().isEmpty() || part.field().equals(field));
  }

  /**
   * Returns the parts of a baseline that windows of a segment are compared with: of all rows its
   * seasons, of a segment its own part. The rest of the baseline is not that of the job where they
   * do not tell the same segments apart.
   */
  List<ProfilePart> references(DataProfile baseline, String segment) {
    if (segment.isEmpty()) {
      return baseline.parts().stream().filter(part -> part.kind() == PartKind.SEASON).toList();
    }
    List<ProfilePart> known = parts(baseline, field).toList();
    boolean same =
        known.stream()
            .map(ProfilePart::value)
            .filter(value -> !value.equals(ProfilePart.OTHER))
            .collect(Collectors.toSet())
            .equals(Set.copyOf(names));
    return known.stream()
        .filter(part -> part.value().equals(segment))
        .filter(part -> same || !segment.equals(ProfilePart.OTHER))
        .toList();
  }

  /**
   * Returns a baseline as {@link #references} leave it in a segment, with the seasons of all rows.
   *
   * @param whole the same baseline with all of its parts
   */
  static DataProfile withSeasons(DataProfile baseline, DataProfile whole) {
    Stream<ProfilePart> seasons =
        whole.parts().stream().filter(part -> part.kind() == PartKind.SEASON);
    return baseline.withParts(Stream.concat(baseline.parts().stream(), seasons).toList());
  }

  /** Returns the field whose values make the segments, empty where there are none. */
  String field() {
    return field;
  }

  private static String canonical(String name, FeatureColumn field) {
    if (field.type() == ElementType.STRING) {
      return ValueCounts.counted(name);
    }
    try {
      long number = number(name, field.type());
      return field.type() == ElementType.BOOL ? name : Long.toString(number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "segment "
              + name
              + " is no value of "
              + field.name()
              + ", which is "
              + field.type()
              + ", expected "
              + (field.type() == ElementType.BOOL ? "true or false" : "a whole number"),
          e);
    }
  }

  private static long number(String name, ElementType type) {
    if (type == ElementType.BOOL) {
      if (!name.equals("true") && !name.equals("false")) {
        throw new NumberFormatException(name);
      }
      return name.equals("true") ? 1 : 0;
    }
    return Long.parseLong(name);
  }

  /** Returns whether rows belong to no segment. */
  boolean areNone() {
    return names.isEmpty();
  }

  /** Returns how many numbers there are: {@link #ALL}, the segments, and the one of the rest. */
  int count() {
    return areNone() ? 1 : names.size() + 2;
  }

  /** Returns how many of them the rows of a window can be in. */
  public int mostInAWindow() {
    return areNone() ? 1 : names.size() + 1;
  }

  /** Returns whether there is a segment of this name; the empty one, of all rows, always is. */
  public boolean has(String segment) {
    return segment.isEmpty()
        || !areNone() && (names.contains(segment) || segment.equals(ProfilePart.OTHER));
  }

  /** Returns a segment's name: the value as text, empty for {@link #ALL}. */
  String name(int segment) {
    if (segment == ALL) {
      return "";
    }
    return segment <= names.size() ? names.get(segment - 1) : ProfilePart.OTHER;
  }

  /** Returns the number of a row's segment; {@link #ALL} where there are none. */
  int of(FeatureBatch batch, int row) {
    if (areNone()) {
      return ALL;
    }
    ColumnView view = batch.column(column);
    if (view.isMissing(row)) {
      return other();
    }
    if (view.type() == ElementType.STRING) {
      return of(view.textAt(row, 0));
    }
    return of(view.type().isIntegral() ? view.longAt(row, 0) : (long) view.numberAt(row, 0));
  }

  /** Returns the number of a row's segment; {@link #ALL} where there are none. */
  int of(FeatureRow row) {
    if (areNone()) {
      return ALL;
    }
    if (row.isMissing(column)) {
      return other();
    }
    return type == ElementType.STRING ? of(row.textAt(element)) : of(row.longAt(element));
  }

  /** A text that is too long is looked up as a profile has it: by its first characters. */
  private int of(String text) {
    Integer segment = texts.get(text);
    if (segment == null) {
      segment = texts.get(ValueCounts.counted(text));
    }
    return segment == null ? other() : segment;
  }

  private int of(long number) {
    int at = Arrays.binarySearch(numbers, number);
    return at < 0 ? other() : numbered[at];
  }

  private int other() {
    return names.size() + 1;
  }
}
