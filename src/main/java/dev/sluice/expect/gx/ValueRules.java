package dev.sluice.expect.gx;

import static dev.sluice.expect.ExpectationType.LENGTH;
import static dev.sluice.expect.ExpectationType.NOT_IN_SET;
import static dev.sluice.expect.ExpectationType.NOT_REGEX;
import static dev.sluice.expect.ExpectationType.RANGE;
import static dev.sluice.expect.ExpectationType.REGEX;
import static dev.sluice.expect.ExpectationType.SET;
import static dev.sluice.expect.ExpectationType.TEXT_RANGE;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.NoParameters;
import dev.sluice.expect.Parameters;
import dev.sluice.expect.Patterns;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Rules for single values of one column: {@code expect_column_values_to_...}. */
final class ValueRules {
  static final String VALUE_SET = "value_set";

  private ValueRules() {}

  static void addTo(Map<String, Rule> rules) {
    rules.put("expect_column_values_to_not_be_null", plain(ExpectationType.PRESENT));
    rules.put("expect_column_values_to_be_null", plain(ExpectationType.ABSENT));
    rules.put("expect_column_values_to_be_between", ValueRules::between);
    rules.put("expect_column_values_to_be_in_set", ValueRules::inSet);
    rules.put("expect_column_values_to_not_be_in_set", ValueRules::notInSet);
    rules.put("expect_column_value_lengths_to_be_between", ValueRules::lengths);
    rules.put("expect_column_value_lengths_to_equal", ValueRules::length);
    UnaryOperator<String> python = SuitePatterns::ofPython;
    UnaryOperator<String> like = SuitePatterns::ofLike;
    rules.put("expect_column_values_to_match_regex", single(REGEX, "regex", python));
    rules.put("expect_column_values_to_not_match_regex", single(NOT_REGEX, "regex", python));
    rules.put("expect_column_values_to_match_regex_list", list(REGEX, "regex_list", python));
    rules.put(
        "expect_column_values_to_not_match_regex_list", list(NOT_REGEX, "regex_list", python));
    rules.put("expect_column_values_to_match_like_pattern", single(REGEX, "like_pattern", like));
    rules.put(
        "expect_column_values_to_not_match_like_pattern", single(NOT_REGEX, "like_pattern", like));
    rules.put(
        "expect_column_values_to_match_like_pattern_list", list(REGEX, "like_pattern_list", like));
    rules.put(
        "expect_column_values_to_not_match_like_pattern_list",
        list(NOT_REGEX, "like_pattern_list", like));
  }

  static Expectation of(ExpectationType type, String column, Parameters parameters) {
    return Expectation.of(type, List.of(column), parameters, Severity.CRITICAL);
  }

  static String column(Kwargs kwargs) {
    return kwargs.text("column");
  }

  private static Rule plain(ExpectationType type) {
    return (kwargs, columns) -> {
      columns.type(column(kwargs));
      return of(type, column(kwargs), NoParameters.NONE);
    };
  }

  private static Expectation between(Kwargs kwargs, Columns columns) {
    if (kwargs.optional("min_value") == null && kwargs.optional("max_value") == null) {
      throw Refusal.wrong("min_value and max_value are missing, expected one of them");
    }
    if (columns.type(column(kwargs)) == ElementType.STRING && SuiteBounds.areTexts(kwargs)) {
      return of(TEXT_RANGE, column(kwargs), SuiteBounds.ofTexts(kwargs));
    }
    columns.numbers(column(kwargs));
    Bounds bounds = SuiteBounds.ordered(kwargs, columns.values(column(kwargs)));
    if (bounds == null) {
      throw Refusal.vacuous("both bounds are infinite");
    }
    return of(RANGE, column(kwargs), bounds);
  }

  private static Expectation inSet(Kwargs kwargs, Columns columns) {
    ValueType type = columns.values(column(kwargs));
    kwargs.flag("parse_strings_as_datetimes");
    if (kwargs.optional(VALUE_SET) == null) {
      throw Refusal.vacuous("value_set is null, which is any value");
    }
    return of(SET, column(kwargs), SuiteValues.of(kwargs.list(VALUE_SET), type));
  }

  private static Expectation notInSet(Kwargs kwargs, Columns columns) {
    ValueType type = columns.values(column(kwargs));
    kwargs.flag("parse_strings_as_datetimes");
    return of(NOT_IN_SET, column(kwargs), SuiteValues.of(kwargs.list(VALUE_SET), type));
  }

  private static Expectation lengths(Kwargs kwargs, Columns columns) {
    Bounds bounds = SuiteBounds.ofCount(kwargs);
    if (bounds == null) {
      throw Refusal.wrong("min_value and max_value are missing, expected one of them");
    }
    columns.requireTexts(column(kwargs));
    return of(LENGTH, column(kwargs), bounds);
  }

  private static Expectation length(Kwargs kwargs, Columns columns) {
    JsonNode value = kwargs.required("value", "a whole number");
    double length = Kwargs.number("value", value);
    if (length != Math.rint(length)) {
      throw Kwargs.wrong("value", value, "a whole number");
    }
    columns.requireTexts(column(kwargs));
    return of(LENGTH, column(kwargs), Bounds.of(length, length));
  }

  private static Rule single(ExpectationType type, String key, UnaryOperator<String> translated) {
    return (kwargs, columns) -> {
      columns.requireTexts(column(kwargs));
      List<String> pattern = List.of(translated.apply(kwargs.text(key)));
      return of(type, column(kwargs), new Patterns(pattern, false));
    };
  }

  private static Rule list(ExpectationType type, String key, UnaryOperator<String> translated) {
    return (kwargs, columns) -> {
      columns.requireTexts(column(kwargs));
      List<String> patterns = kwargs.texts(key).stream().map(translated).toList();
      JsonNode matchOn = kwargs.optional("match_on");
      String how = matchOn == null ? "any" : matchOn.asText();
      if (!how.equals("any") && !how.equals("all")) {
        throw Kwargs.wrong("match_on", matchOn, "any or all");
      }
      return of(type, column(kwargs), new Patterns(patterns, type == REGEX && how.equals("all")));
    };
  }
}
