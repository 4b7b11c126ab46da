package dev.sluice.expect.gx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.IgnoreRowIf;
import dev.sluice.expect.PairRule;
import dev.sluice.expect.PairSet;
import dev.sluice.expect.Parameters;
import dev.sluice.expect.SumRule;
import dev.sluice.expect.ValueSet;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules for several columns of one record. */
final class RecordRules {
  private static final String COLUMN_LIST = "column_list";

  private RecordRules() {}

  static void addTo(Map<String, Rule> rules) {
    rules.put("expect_column_pair_values_to_be_equal", RecordRules::equal);
    rules.put("expect_column_pair_values_to_be_in_set", RecordRules::inSet);
    rules.put("expect_column_pair_values_a_to_be_greater_than_b", RecordRules::greater);
    rules.put("expect_multicolumn_sum_to_equal", RecordRules::sum);
    rules.put("expect_select_column_values_to_be_unique_within_record", RecordRules::different);
    rules.put("expect_multicolumn_values_to_be_unique", RecordRules::different);
  }

  private static Expectation of(ExpectationType type, List<String> columns, Parameters parameters) {
    return Expectation.of(type, columns, parameters, Severity.CRITICAL);
  }

  private static List<String> pair(Kwargs kwargs) {
    return List.of(kwargs.text("column_A"), kwargs.text("column_B"));
  }

  /** Reads both vocabularies: that of pairs and that of more columns. */
  private static IgnoreRowIf ignoreRowIf(Kwargs kwargs) {
    JsonNode value = kwargs.optional("ignore_row_if");
    return switch (value == null ? "all_values_are_missing" : value.asText()) {
      case "all_values_are_missing", "both_values_are_missing" -> IgnoreRowIf.ALL_MISSING;
      case "any_value_is_missing", "either_value_is_missing" -> IgnoreRowIf.ANY_MISSING;
      case "never", "neither" -> IgnoreRowIf.NEVER;
      default ->
          throw Kwargs.wrong(
              "ignore_row_if",
              value,
              "all_values_are_missing, any_value_is_missing, both_values_are_missing,"
                  + " either_value_is_missing, neither or never");
    };
  }

  private static boolean isText(Columns columns, String column) {
    return columns.type(column) == ElementType.STRING;
  }

  private static void requireComparable(Columns columns, List<String> names) {
    for (String name : names) {
      if (isText(columns, name) != isText(columns, names.get(0))) {
        throw Refusal.unsupported(
            "columns "
                + String.join(", ", names)
                + " hold texts and numbers, expected one of both");
      }
    }
  }

  private static Expectation equal(Kwargs kwargs, Columns columns) {
    List<String> pair = pair(kwargs);
    requireComparable(columns, pair);
    IgnoreRowIf ignore = ignoreRowIf(kwargs);
    if (pair.get(0).equals(pair.get(1)) && ignore != IgnoreRowIf.NEVER) {
      throw Refusal.vacuous("both columns are " + pair.get(0));
    }
    return of(ExpectationType.PAIR_EQUAL, pair, new PairRule(false, ignore));
  }

  private static Expectation greater(Kwargs kwargs, Columns columns) {
    List<String> pair = pair(kwargs);
    pair.forEach(columns::numbers);
    kwargs.flag("parse_strings_as_datetimes");
    if (kwargs.flag("allow_cross_type_comparisons")) {
      throw Refusal.unsupported(
          "allow_cross_type_comparisons is true, but a number is in no order with a text");
    }
    PairRule rule = new PairRule(kwargs.flag("or_equal"), ignoreRowIf(kwargs));
    return of(ExpectationType.PAIR_GREATER, pair, rule);
  }

  private static Expectation inSet(Kwargs kwargs, Columns columns) {
    List<String> names = pair(kwargs);
    ValueType first = columns.values(names.get(0));
    ValueType second = columns.values(names.get(1));
    IgnoreRowIf ignore = ignoreRowIf(kwargs);
    if (kwargs.optional("value_pairs_set") == null) {
      throw Refusal.vacuous("value_pairs_set is null, which is any pair");
    }
    List<PairSet.Pair> pairs = new ArrayList<>();
    for (JsonNode pair : kwargs.list("value_pairs_set")) {
      if (!pair.isArray() || pair.size() != 2) {
        throw Kwargs.wrong("value_pairs_set", pair, "pairs of values");
      }
      String a = text(pair.get(0), first);
      String b = text(pair.get(1), second);
      boolean possible = isPossible(pair.get(0), a) && isPossible(pair.get(1), b);
      if (possible) {
        pairs.add(new PairSet.Pair(a, b));
      }
    }
    return names.get(0).equals(names.get(1))
        ? inDiagonal(names.get(0), pairs, ignore)
        : of(ExpectationType.PAIR_IN_SET, names, new PairSet(pairs, ignore));
  }

  private static String text(JsonNode value, ValueType type) {
    return value.isNull() ? null : SuiteValues.text(value, type);
  }

  private static boolean isPossible(JsonNode value, String text) {
    return value.isNull() || text != null;
  }

  /** A column paired with itself is in the set where its value is, twice. */
  private static Expectation inDiagonal(
      String column, List<PairSet.Pair> pairs, IgnoreRowIf ignore) {
    if (ignore == IgnoreRowIf.NEVER) {
      throw Refusal.unsupported("both columns are " + column + ", and ignore_row_if is never");
    }
    Set<String> values = new LinkedHashSet<>();
    for (PairSet.Pair pair : pairs) {
      if (pair.first() != null && pair.first().equals(pair.second())) {
        values.add(pair.first());
      }
    }
    return ValueRules.of(ExpectationType.SET, column, new ValueSet(values));
  }

  private static Expectation sum(Kwargs kwargs, Columns columns) {
    List<String> names = kwargs.texts(COLUMN_LIST);
    names.forEach(columns::numbers);
    JsonNode stated = kwargs.required("sum_total", "a number");
    double total = Kwargs.number("sum_total", stated);
    boolean ofIntegers = names.stream().allMatch(name -> columns.type(name).isIntegral());
    if (ofIntegers && stated.isIntegralNumber()) {
      SuiteBounds.checkExact("sum_total", stated.decimalValue());
    }
    SumRule rule = new SumRule(Bounds.of(total, total), ignoreRowIf(kwargs));
    return of(ExpectationType.SUM, names, rule);
  }

  /** In Great Expectations two missing values are the same one, as of pandas' {@code nunique}. */
  private static Expectation different(Kwargs kwargs, Columns columns) {
    List<String> names = kwargs.texts(COLUMN_LIST);
    requireComparable(columns, names);
    IgnoreRowIf ignore = ignoreRowIf(kwargs);
    boolean canBothBeMissing = ignore != IgnoreRowIf.ANY_MISSING;
    PairRule rule = new PairRule(false, ignore, canBothBeMissing);
    return of(ExpectationType.ALL_DIFFERENT, names, rule);
  }
}
