package dev.sluice.profile.file;

import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.ValueSet;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.Moments;
import dev.sluice.record.ElementType;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns JSON into the profile of one column and checks that its counts agree. */
final class ColumnReader {
  private static final Set<ExpectationType> OF_NUMBERS =
      EnumSet.of(ExpectationType.RANGE, ExpectationType.NOT_NAN, ExpectationType.FINITE);
  private static final Set<ExpectationType> OF_TEXTS =
      EnumSet.of(ExpectationType.SET, ExpectationType.LENGTH);
  private static final Set<ExpectationType> NOT_OF_INTEGERS = EnumSet.of(ExpectationType.LENGTH);
  private static final int MAX_DIGITS = 57; // fits into 191 bits

  private ColumnReader() {}

  static ColumnProfile read(JsonFields fields) {
    ElementType type = fields.oneOf("valueType", ElementType.class);
    if (type == ElementType.SCORES || type != type.published()) {
      throw fields.failureAt("valueType", type, "a type of single values");
    }
    ColumnProfile profile =
        fields.build(() -> type == ElementType.STRING ? texts(fields) : numbers(fields, type));
    List<Expectation> expectations =
        fields.objects("expectations", e -> ExpectationReader.ofColumn(e, profile.name()));
    for (int i = 0; i < expectations.size(); i++) {
      checkExpectation(fields, "expectations[" + i + "].", expectations.get(i), type);
    }
    ColumnDrift drift = fields.has("drift") ? ProfileReader.drift(fields.fields("drift")) : null;
    fields.finish();
    return profile.withExpectations(expectations).withDrift(drift);
  }

  private static void checkExpectation(
      JsonFields fields, String place, Expectation expectation, ElementType type) {
    Set<ExpectationType> numeric = type.isIntegral() ? NOT_OF_INTEGERS : OF_TEXTS;
    Set<ExpectationType> wrong = type == ElementType.STRING ? OF_NUMBERS : numeric;
    if (wrong.contains(expectation.type())) {
      throw fields.failureAt(place + "type", expectation.type(), "one for values of type " + type);
    }
    if (type.isIntegral()) {
      if (expectation.parameters() instanceof ValueSet set) {
        for (String value : set.values()) {
          checkInteger(fields, place + "values", value);
        }
      }
    }
  }

  private static void checkInteger(JsonFields fields, String place, String value) {
    try {
      Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw fields.failureAt(place, value, "whole numbers of 64 bits");
    }
  }

  private static ColumnProfile texts(JsonFields fields) {
    Map<String, Long> values = values(fields.fields("values"));
    boolean overflow = fields.flag("valuesOverflow");
    long rows = fields.count("rows");
    long missing = fields.integer("missing", 0, rows);
    if (overflow && !values.isEmpty()) {
      throw fields.failureAt("values", values.size() + " values", "none after an overflow");
    }
    if (!overflow) {
      checkRows(fields, rows, missing, values.values());
    }
    return new ColumnProfile(
        fields.text("name"),
        ElementType.STRING,
        rows,
        missing,
        0,
        0,
        0,
        0,
        0,
        null,
        null,
        null,
        null,
        0,
        BigInteger.ZERO,
        BigInteger.ZERO,
        List.of(),
        List.of(),
        List.of(),
        length(fields, "minLength"),
        length(fields, "maxLength"),
        values,
        overflow,
        List.of(),
        null);
  }

  private static Integer length(JsonFields fields, String key) {
    Long length = fields.optionalInteger(key, 0, Integer.MAX_VALUE);
    return length == null ? null : (Integer) length.intValue();
  }

  private static Map<String, Long> values(JsonFields fields) {
    Map<String, Long> values = new LinkedHashMap<>();
    for (String value : fields.keys()) {
      values.put(value, fields.count(value));
    }
    return values;
  }

  private static ColumnProfile numbers(JsonFields fields, ElementType type) {
    long rows = fields.count("rows");
    long missing = fields.integer("missing", 0, rows);
    long nan = fields.integer("nan", 0, rows);
    long positiveInfinity = fields.integer("positiveInfinity", 0, rows);
    long negativeInfinity = fields.integer("negativeInfinity", 0, rows);
    Grid grid = grid(fields, "gridEdges");
    List<Long> counts = fields.counts("gridCounts");
    if (counts.size() != grid.size()) {
      throw fields.failureAt(
          "gridCounts",
          counts.size() + " counts",
          grid.size() + ", one more than the " + grid.edgeCount() + " edges");
    }
    checkRows(fields, rows, missing + nan + positiveInfinity + negativeInfinity, counts);
    long finite = rows - missing - nan - positiveInfinity - negativeInfinity;
    Double min = fields.optionalNumber("min");
    Double max = fields.optionalNumber("max");
    if ((min == null || max == null) != (finite == 0)) {
      throw fields.failureAt(
          "min and max",
          min + " and " + max,
          finite == 0 ? "none, since there is no finite number" : "numbers");
    }
    if (min != null && min > max) {
      throw fields.failureAt("min", min, "at most max " + max);
    }
    return new ColumnProfile(
        fields.text("name"),
        type,
        rows,
        missing,
        nan,
        positiveInfinity,
        negativeInfinity,
        fields.integer("zeros", 0, finite),
        fields.integer("saturated", 0, finite),
        min,
        max,
        fields.optionalNumber("mean"),
        fields.optionalNumber("variance"),
        (int)
            fields.integer(
                "scaleExponent", -Moments.MAX_SCALE_EXPONENT, Moments.MAX_SCALE_EXPONENT),
        sum(fields, "sum"),
        sum(fields, "sumOfSquares"),
        grid.edges(),
        counts,
        massEdges(fields, grid),
        null,
        null,
        Map.of(),
        false,
        List.of(),
        null);
  }

  private static Grid grid(JsonFields fields, String key) {
    List<Double> edges = fields.numbers(key);
    try {
      return Grid.of(edges);
    } catch (IllegalArgumentException e) {
      throw new DataProfileException(
          fields.file() + ": " + fields.place(key) + ": " + e.getMessage(), e);
    }
  }

  private static List<Double> massEdges(JsonFields fields, Grid grid) {
    if (fields.numbers("massEdges").isEmpty()) {
      return List.of();
    }
    List<Double> massEdges = grid(fields, "massEdges").edges();
    List<Double> gridEdges = grid.edges();
    for (int i = 0; i < massEdges.size(); i++) {
      if (!gridEdges.contains(massEdges.get(i))) {
        throw fields.failureAt("massEdges[" + i + "]", massEdges.get(i), "one of gridEdges");
      }
    }
    return massEdges;
  }

  private static BigInteger sum(JsonFields fields, String key) {
    String text = fields.text(key);
    if (!text.matches("-?[0-9]{1," + MAX_DIGITS + "}")) {
      throw fields.failureAt(key, text, "an integer of up to " + MAX_DIGITS + " digits, as text");
    }
    return new BigInteger(text);
  }

  private static void checkRows(JsonFields fields, long rows, long others, Iterable<Long> counts) {
    long left = rows - others;
    for (long count : counts) {
      left = count > left ? -1 : left - count;
      if (left < 0) {
        break;
      }
    }
    if (left != 0) {
      throw fields.failureAt(
          "rows", rows, "the sum of all counts, which is " + (left < 0 ? "more" : rows - left));
    }
  }
}
