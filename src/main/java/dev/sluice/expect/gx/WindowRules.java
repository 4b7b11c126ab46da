package dev.sluice.expect.gx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.QuantileBounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rules for statistics of one column, which a window has. */
final class WindowRules {
  private WindowRules() {}

  static void addTo(Map<String, Rule> rules) {
    rules.put("expect_column_mean_to_be_between", statistic(ExpectationType.MEAN));
    rules.put("expect_column_median_to_be_between", statistic(ExpectationType.MEDIAN));
    rules.put("expect_column_min_to_be_between", statistic(ExpectationType.MIN));
    rules.put("expect_column_max_to_be_between", statistic(ExpectationType.MAX));
    rules.put("expect_column_stdev_to_be_between", WindowRules::deviation);
    rules.put("expect_column_sum_to_be_between", WindowRules::sum);
    rules.put("expect_column_quantile_values_to_be_between", WindowRules::quantiles);
    rules.put("expect_column_unique_value_count_to_be_between", WindowRules::distinctCount);
    rules.put(
        "expect_column_proportion_of_unique_values_to_be_between", WindowRules::distinctShare);
    rules.put(
        "expect_column_proportion_of_non_null_values_to_be_between", WindowRules::presentShare);
    rules.put("expect_column_most_common_value_to_be_in_set", WindowRules::mostCommon);
    rules.put(
        "expect_column_distinct_values_to_be_in_set", distinct(ExpectationType.DISTINCT_IN_SET));
    rules.put(
        "expect_column_distinct_values_to_contain_set",
        distinct(ExpectationType.DISTINCT_CONTAIN_SET));
    rules.put(
        "expect_column_distinct_values_to_equal_set", distinct(ExpectationType.DISTINCT_EQUAL_SET));
    rules.put("expect_column_kl_divergence_to_be_less_than", Partitions::divergence);
  }

  private static Bounds orVacuous(Bounds bounds) {
    if (bounds == null) {
      throw Refusal.vacuous("min_value and max_value are missing, which is any value");
    }
    return bounds;
  }

  private static Rule statistic(ExpectationType type) {
    return (kwargs, columns) -> {
      String column = ValueRules.column(kwargs);
      columns.numbers(column);
      Bounds bounds = SuiteBounds.ofColumn(kwargs, columns.values(column));
      return ValueRules.of(type, column, orVacuous(bounds));
    };
  }

  private static Expectation deviation(Kwargs kwargs, Columns columns) {
    String column = ValueRules.column(kwargs);
    columns.numbers(column);
    Bounds bounds = SuiteBounds.ofNumber(kwargs);
    return ValueRules.of(ExpectationType.STANDARD_DEVIATION, column, orVacuous(bounds));
  }

  private static Expectation sum(Kwargs kwargs, Columns columns) {
    String column = ValueRules.column(kwargs);
    columns.numbers(column);
    Bounds bounds = SuiteBounds.ofNumber(kwargs);
    if (bounds == null) {
      throw Refusal.wrong("min_value and max_value are missing, expected one of them");
    }
    return ValueRules.of(ExpectationType.TOTAL, column, bounds);
  }

  private static Expectation distinctCount(Kwargs kwargs, Columns columns) {
    String column = ValueRules.column(kwargs);
    columns.type(column);
    Bounds bounds = SuiteBounds.ofNumber(kwargs);
    return ValueRules.of(ExpectationType.DISTINCT_COUNT, column, orVacuous(bounds));
  }

  private static Expectation distinctShare(Kwargs kwargs, Columns columns) {
    String column = ValueRules.column(kwargs);
    columns.type(column);
    Bounds bounds = SuiteBounds.ofNumber(kwargs);
    return ValueRules.of(ExpectationType.DISTINCT_SHARE, column, orVacuous(bounds));
  }

  private static Expectation presentShare(Kwargs kwargs, Columns columns) {
    String column = ValueRules.column(kwargs);
    columns.type(column);
    Bounds present = orVacuous(SuiteBounds.ofNumber(kwargs));
    return ValueRules.of(ExpectationType.MISSING_SHARE, column, SuiteBounds.rest(present));
  }

  private static Expectation mostCommon(Kwargs kwargs, Columns columns) {
    String column = ValueRules.column(kwargs);
    ValueType type = columns.values(column);
    boolean tiesOkay = kwargs.flag("ties_okay");
    return ValueRules.of(
        tiesOkay ? ExpectationType.MOST_COMMON_ANY : ExpectationType.MOST_COMMON,
        column,
        SuiteValues.of(kwargs.list(ValueRules.VALUE_SET), type));
  }

  private static Rule distinct(ExpectationType expectation) {
    return (kwargs, columns) -> {
      String column = ValueRules.column(kwargs);
      ValueType type = columns.values(column);
      kwargs.flag("parse_strings_as_datetimes");
      if (kwargs.optional(ValueRules.VALUE_SET) == null) {
        throw Refusal.vacuous("value_set is null, which is any value");
      }
      JsonNode list = kwargs.list(ValueRules.VALUE_SET);
      for (JsonNode value : list) {
        boolean impossible = !value.isNull() && SuiteValues.text(value, type) == null;
        if (impossible && expectation != ExpectationType.DISTINCT_IN_SET) {
          throw Refusal.unsupported(
              "value_set has "
                  + SuiteFile.show(value)
                  + ", which a column of "
                  + type
                  + " never has");
        }
      }
      return ValueRules.of(expectation, column, SuiteValues.of(list, type));
    };
  }

  private static Expectation quantiles(Kwargs kwargs, Columns columns) {
    String column = ValueRules.column(kwargs);
    columns.numbers(column);
    JsonNode allowed = kwargs.optional("allow_relative_error");
    if (allowed != null && !allowed.isBoolean() && !allowed.isNumber() && !allowed.isTextual()) {
      throw Kwargs.wrong("allow_relative_error", allowed, "true, false or a share");
    }
    JsonNode ranges = kwargs.required("quantile_ranges", "quantiles and value_ranges");
    JsonNode quantiles = ranges.path("quantiles");
    JsonNode bounds = ranges.path("value_ranges");
    if (!quantiles.isArray() || !bounds.isArray() || quantiles.size() != bounds.size()) {
      throw Kwargs.wrong(
          "quantile_ranges", ranges, "as many quantiles as value_ranges, each a list");
    }
    List<QuantileBounds.QuantileBound> stated = new ArrayList<>();
    for (int i = 0; i < quantiles.size(); i++) {
      Bounds bound = range(bounds.get(i));
      double p = Kwargs.number("quantiles", quantiles.get(i));
      if (bound != null) {
        stated.add(new QuantileBounds.QuantileBound(p, bound));
      }
    }
    if (stated.isEmpty()) {
      throw Refusal.vacuous("value_ranges have no bounds, which is any value");
    }
    return ValueRules.of(ExpectationType.QUANTILES, column, new QuantileBounds(stated));
  }

  private static Bounds range(JsonNode pair) {
    if (!pair.isArray() || pair.size() != 2) {
      throw Kwargs.wrong("value_ranges", pair, "pairs of a lower and an upper bound");
    }
    Double min = pair.get(0).isNull() ? null : Kwargs.number("value_ranges", pair.get(0));
    Double max = pair.get(1).isNull() ? null : Kwargs.number("value_ranges", pair.get(1));
    return min == null && max == null ? null : Bounds.of(min, max);
  }
}
