package dev.sluice.profile.file;

import dev.sluice.profile.Distinct;
import dev.sluice.profile.NumberSummary;
import dev.sluice.profile.NumberText;
import dev.sluice.profile.Occurrences;
import dev.sluice.profile.statistics.DistinctSketch;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.ValueCounts;
import dev.sluice.record.ElementType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads how often single values occurred, and how many distinct ones there are, and checks both
 * against each other and against the other counts.
 */
final class OccurrencesReader {
  private OccurrencesReader() {}

  /** What a value must be; returns the same, or fails. */
  private interface ValueCheck {
    void check(String key, String value);
  }

  /**
   * Reads the values of a column of texts.
   *
   * @param present how many there are
   */
  static Occurrences ofTexts(JsonFields fields, long present) {
    ValueCheck check =
        (key, text) -> {
          if (text.length() > ValueCounts.MAX_LENGTH) {
            throw fields.failureAt(
                key,
                "with a text of " + text.length() + " characters",
                "texts of at most " + ValueCounts.MAX_LENGTH);
          }
        };
    return read(fields, ValueCounts.MAX_VALUES, present, check);
  }

  /**
   * Reads the values of a column of numbers; where there are none, as a profile made by hand may
   * leave them out, they are unknown.
   */
  static Occurrences ofNumbers(
      JsonFields fields, ElementType type, Grid grid, NumberSummary numbers) {
    long finite = numbers.sums().count();
    if (!fields.has("values") && !fields.has("valuesOverflow")) {
      return finite == 0 ? Occurrences.NONE : Occurrences.UNKNOWN;
    }
    Occurrences read =
        read(
            fields,
            ValueCounts.MAX_VALUES,
            finite,
            (key, text) -> checkNumber(fields, type, key, text));
    if (!read.overflow()) {
      checkBins(fields, type, grid, numbers, read.values());
    }
    return read;
  }

  private static void checkNumber(JsonFields fields, ElementType type, String key, String text) {
    double number;
    try {
      number = NumberText.parse(text, type);
    } catch (NumberFormatException e) {
      throw fields.failureAt(key, text, "numbers");
    }
    String expected = Double.isFinite(number) ? NumberText.of(number, type) : "finite numbers";
    if (!text.equals(expected)) {
      throw fields.failureAt(key, text, expected);
    }
  }

  /** Checks that values counted by one are those counted in bins. */
  private static void checkBins(
      JsonFields fields,
      ElementType type,
      Grid grid,
      NumberSummary numbers,
      Map<String, Long> values) {
    long[] counts = new long[grid.size()];
    long left = numbers.sums().count();
    if (left == 0 && !values.isEmpty()) {
      throw fields.failureAt(
          "values", values.size() + " values", "none, since there is no finite number");
    }
    for (Map.Entry<String, Long> value : values.entrySet()) {
      double number = NumberText.parse(value.getKey(), type);
      if (number < numbers.min() || number > numbers.max()) {
        throw fields.failureAt(
            "values", value.getKey(), "min " + numbers.min() + " to max " + numbers.max());
      }
      left = Counts.minus(left, value.getValue());
      counts[grid.binOf(number)] += value.getValue();
    }
    for (int bin = 0; bin < counts.length; bin++) {
      long counted = numbers.histogram().counts().get(bin);
      if (left != 0 || counts[bin] != counted) {
        throw fields.failureAt(
            "gridCounts[" + bin + "]", counted, counts[bin] + ", the sum of values in that bin");
      }
    }
    if (values.getOrDefault("0", 0L) != numbers.zeros()) {
      throw fields.failureAt(
          "zeros", numbers.zeros(), "as often as values say, " + values.getOrDefault("0", 0L));
    }
  }

  private static Occurrences read(
      JsonFields fields, int maxValues, long present, ValueCheck check) {
    Map<String, Long> values = counts(fields, "values", maxValues, present, check);
    boolean overflow = fields.flag("valuesOverflow");
    if (overflow && !values.isEmpty()) {
      throw fields.failureAt("values", values.size() + " values", "none after an overflow");
    }
    Map<String, Long> common =
        fields.has("commonValues")
            ? counts(fields, "commonValues", Occurrences.MAX_COMMON, present, check)
            : Map.of();
    if (!overflow && !common.isEmpty()) {
      throw fields.failureAt(
          "commonValues", common.size() + " values", "none, since values has them all");
    }
    checkOrder(fields, common, present);
    return new Occurrences(values, overflow, common);
  }

  private static Map<String, Long> counts(
      JsonFields fields, String key, int max, long present, ValueCheck check) {
    JsonFields counts = fields.fields(key);
    List<String> values = counts.keys();
    if (values.size() > max) {
      throw fields.failureAt(key, values.size() + " values", "at most " + max);
    }
    Map<String, Long> read = new LinkedHashMap<>();
    for (String value : values) {
      check.check(key, value);
      read.put(value, counts.integer(value, 1, Math.max(1, present)));
    }
    return read;
  }

  private static void checkOrder(JsonFields fields, Map<String, Long> common, long present) {
    long left = present;
    long before = Long.MAX_VALUE;
    for (Map.Entry<String, Long> value : common.entrySet()) {
      if (value.getValue() > before) {
        throw fields.failureAt(
            "commonValues." + value.getKey(),
            value.getValue(),
            "at most the one before, " + before);
      }
      before = value.getValue();
      left = Counts.minus(left, before);
    }
    if (left < 0) {
      throw fields.failureAt(
          "commonValues", "more values", "at most the " + present + " there are");
    }
  }

  /**
   * Reads the number of distinct values; null where it is not there and the values are unknown.
   *
   * @param total how many values there are, distinct or not
   */
  static Distinct distinct(JsonFields fields, Occurrences occurrences, long total) {
    int known = occurrences.values().size();
    if (!fields.has("distinct")) {
      return occurrences.overflow() ? null : Distinct.exactly(known);
    }
    JsonFields object = fields.fields("distinct");
    Distinct distinct =
        object.build(
            () ->
                new Distinct(
                    object.number("estimate"),
                    object.number("relativeError"),
                    object.flag("exact"),
                    object.has("hashes")
                        ? DistinctSketch.of(Hashes.parse(object.text("hashes"))).toHashes()
                        : List.of()));
    object.finish();
    if (distinct.estimate() > total) {
      throw object.failureAt(
          "estimate", distinct.estimate(), "at most " + total + ", the number of values");
    }
    if (!occurrences.overflow() && !distinct.equals(Distinct.exactly(known))) {
      throw object.failureAt(
          "estimate", distinct.estimate(), known + ", exactly, the number of values listed");
    }
    if (occurrences.overflow() && distinct.estimate() < 1) {
      throw object.failureAt("estimate", distinct.estimate(), "1 or more after an overflow");
    }
    return distinct;
  }
}
