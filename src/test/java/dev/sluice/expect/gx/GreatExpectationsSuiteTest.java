package dev.sluice.expect.gx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Divergence;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.IgnoreRowIf;
import dev.sluice.expect.PairRule;
import dev.sluice.expect.Patterns;
import dev.sluice.expect.TextBounds;
import dev.sluice.expect.ValueSet;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GreatExpectationsSuiteTest {
  private static final SuiteColumns COLUMNS =
      SuiteColumns.of(
          Map.of(
              "n", ElementType.INT64,
              "i", ElementType.INT32,
              "x", ElementType.DOUBLE,
              "s", ElementType.STRING,
              "b", ElementType.BOOL));

  private static GreatExpectationsSuite read(String json) {
    try {
      return GreatExpectationsSuite.read(
          new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), "suite.json");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SuiteTranslation translate(String entries, Map<String, String> parameters) {
    return read("{\"expectations\": [" + entries.replace('\'', '"') + "]}")
        .translate(COLUMNS, parameters, Severity.CRITICAL);
  }

  private static SuiteTranslation kwargs(String type, String kwargs) {
    return translate("{'type': '" + type + "', 'kwargs': {" + kwargs + "}}", Map.of());
  }

  private static Expectation one(String type, String kwargs) {
    SuiteTranslation translation = kwargs(type, kwargs);
    assertThat(translation.stated()).as(translation.toString()).hasSize(1);
    return translation.expectations().get(0);
  }

  @Test
  void readsBothVersionsInOneFile() {
    SuiteTranslation translation =
        translate(
            """
            {'expectation_type': 'expect_column_values_to_not_be_null', 'kwargs': {'column': 'n'},
             'meta': {}, 'ge_cloud_id': null},
            {'type': 'expect_column_values_to_be_null', 'kwargs': {'column': 's'}, 'id': 'i',
             'severity': 'warning', 'notes': 'why', 'rendered_content': []}
            """,
            Map.of());

    assertThat(translation.expectations())
        .containsExactly(
            Expectation.of(ExpectationType.PRESENT, "n", Severity.CRITICAL),
            Expectation.of(ExpectationType.ABSENT, "s", Severity.WARNING));
    assertThat(read("{\"expectation_suite_name\": \"a\", \"expectations\": []}").name())
        .isEqualTo("a");
    assertThat(read("{\"name\": \"b\", \"expectations\": []}").name()).isEqualTo("b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "row_condition': 'n > 3 and s == \\\"a\\\"', 'condition_parser': 'pandas",
        "row_condition': 'col(\\\"n\\\") > 3 and col(\\\"s\\\") == \\\"a\\\"', 'condition_parser': 'great_expectations"
      })
  void readsConditionsAsTexts(String condition) {
    Expectation expectation =
        one("expect_column_values_to_not_be_null", "'column': 'x', '" + condition + "'");
    assertThat(expectation.when()).hasToString("n > 3 and s == 'a'");
  }

  @Test
  void readsConditionsAsObjects() {
    Expectation expectation =
        one(
            "expect_column_values_to_not_be_null",
            """
            'column': 'x', 'row_condition': {'type': 'and', 'conditions': [
              {'type': 'comparison', 'column': {'name': 'n'}, 'operator': '>=', 'parameter': 3},
              {'type': 'or', 'conditions': [
                {'type': 'nullity', 'column': {'name': 's'}, 'is_null': true},
                {'type': 'comparison', 'column': {'name': 's'}, 'operator': 'NOT_IN',
                 'parameter': ['a', 'b']},
                {'type': 'pass_through', 'pass_through_filter': 'b == true'}]}]}
            """);
    assertThat(expectation.when())
        .hasToString("n >= 3 and (s.isnull() or s not in ['a', 'b'] or b == true)");
  }

  @Test
  void takesNanForMissingWhereThereCanBeAny() {
    String type = "expect_column_values_to_not_be_null";
    assertThat(one(type, "'column': 'x'").nanIsMissing()).isTrue();
    assertThat(one(type, "'column': 'n'").nanIsMissing()).isFalse();
    assertThat(one(type, "'column': 'n', 'row_condition': 'x.notnull()'").nanIsMissing()).isTrue();
    assertThat(
            one(
                    "expect_column_proportion_of_non_null_values_to_be_between",
                    "'column': 'x', 'min_value': 0.5")
                .nanIsMissing())
        .isTrue();
    assertThat(
            one("expect_column_mean_to_be_between", "'column': 'x', 'min_value': 0.5")
                .nanIsMissing())
        .as("the mean is that of finite numbers anyway")
        .isFalse();
  }

  @Test
  void comparesTextsWithTexts() {
    Expectation range =
        one(
            "expect_column_values_to_be_between",
            "'column': 's', 'min_value': 'a', 'max_value': 'k', 'strict_max': true");
    assertThat(range.type()).isEqualTo(ExpectationType.TEXT_RANGE);
    assertThat(range.parameters()).isEqualTo(new TextBounds("a", "k", false, true));
    assertThat(range.id()).isEqualTo("TEXT_RANGE s [a, k)");
    String dates = "'column': 's', 'min_value': 'a', 'parse_strings_as_datetimes': true";
    assertThat(kwargs("expect_column_values_to_be_between", dates).unsupported()).hasSize(1);
    String mixed = "'column': 's', 'min_value': 'a', 'max_value': 1";
    assertThat(kwargs("expect_column_values_to_be_between", mixed).unsupported()).hasSize(1);
    String wrong = "'column': 's', 'min_value': 'b', 'max_value': 'a'";
    assertThat(kwargs("expect_column_values_to_be_between", wrong).wrong()).hasSize(1);
  }

  @Test
  void takesDatesForPointsInTime() {
    assertThat(
            one(
                    "expect_column_values_to_be_between",
                    "'column': 'n', 'min_value': 'Jan 01 1970 12:00:01', 'max_value':"
                        + " '1970-01-02T00:00:00+01:00'")
                .parameters())
        .isEqualTo(Bounds.of(43_201_000.0, 82_800_000.0));
    assertThat(
            one(
                    "expect_column_values_to_be_between",
                    "'column': 'x', 'max_value': 1, 'row_condition': 'n > \\\"1970-01-02\\\"'")
                .when())
        .hasToString("n > 86400000");
  }

  @Test
  void keepsOfASetWhatTheColumnCanHave() {
    String set = "'value_set': [1, 2.0, 2.5, '7', true, null]";
    assertThat(one("expect_column_values_to_be_in_set", "'column': 'n', " + set).parameters())
        .isEqualTo(new ValueSet(java.util.Set.of("1", "2")));
    assertThat(one("expect_column_values_to_be_in_set", "'column': 's', " + set).parameters())
        .isEqualTo(new ValueSet(java.util.Set.of("7")));
    assertThat(one("expect_column_values_to_be_in_set", "'column': 'b', " + set).parameters())
        .isEqualTo(new ValueSet(java.util.Set.of("true")));
  }

  @Test
  void booleansOfNumbersAre0And1() {
    String present = "expect_column_values_to_not_be_null";
    String flag = "'column': 's', 'row_condition': ";
    assertThat(one(present, flag + "'i == True and n != false'").when())
        .hasToString("i == 1 and n != 0");
    assertThat(one(present, flag + "'x in [True, 2]'").when()).hasToString("x in [1, 2]");
    assertThat(one(present, flag + "'b == True and s == true'").when())
        .hasToString("b == true and s == true");
    assertThat(one(present, flag + "'x == \\\"1\\\" or s == 1'").when())
        .as("which are not equal in pandas, either")
        .hasToString("x == '1' or s == 1");
    String comparison =
        "{'type': 'comparison', 'column': {'name': 'i'}, 'operator': '==', 'parameter': true}";
    assertThat(one(present, flag + comparison).when()).hasToString("i == 1");
  }

  @Test
  void missingValuesAreEqualWhereTwoCanBeMissing() {
    String type = "expect_select_column_values_to_be_unique_within_record";
    String columns = "'column_list': ['n', 'i', 'x']";
    assertThat(one(type, columns).parameters())
        .isEqualTo(new PairRule(false, IgnoreRowIf.ALL_MISSING, true));
    assertThat(one(type, columns + ", 'ignore_row_if': 'never'").parameters())
        .isEqualTo(new PairRule(false, IgnoreRowIf.NEVER, true));
    assertThat(one(type, columns + ", 'ignore_row_if': 'any_value_is_missing'").parameters())
        .isEqualTo(new PairRule(false, IgnoreRowIf.ANY_MISSING));
  }

  @Test
  void fillsParametersIn() {
    String entry =
        "{'type': 'expect_column_values_to_be_between', 'kwargs': {'column': 'x', 'max_value':"
            + " {'$PARAMETER': 'upper'}}}";
    assertThat(translate(entry, Map.of("upper", "2.5")).expectations().get(0).parameters())
        .isEqualTo(Bounds.of(null, 2.5));
    assertThat(translate(entry, Map.of()).unsupported().get(0).toString())
        .contains("expectations[0]", "expect_column_values_to_be_between of x", "parameter upper");
    assertThat(translate(entry.replace("upper", "now()"), Map.of()).unsupported()).hasSize(1);
  }

  @Test
  void dealsOutWhatIsHeldOutOfBins() {
    Divergence divergence =
        (Divergence)
            one(
                    "expect_column_kl_divergence_to_be_less_than",
                    "'column': 'x', 'threshold': 0.1, 'tail_weight_holdout': 0.2,"
                        + " 'internal_weight_holdout': 0.1, 'partition_object':"
                        + " {'bins': [0, 1, 2], 'weights': [1, 0]}")
                .parameters();
    assertThat(divergence.edges())
        .containsExactly(Double.NEGATIVE_INFINITY, 0.0, 1.0, 2.0, Double.POSITIVE_INFINITY);
    assertThat(divergence.weights().stream().map(w -> Math.round(w * 1e9) / 1e9))
        .containsExactly(0.1, 0.7, 0.1, 0.1);
  }

  @Test
  void writesPatternsAsRe2Does() {
    assertThat(
            one("expect_column_values_to_match_regex", "'column': 's', 'regex': 'a{,3}\\\\Z'")
                .parameters())
        .isEqualTo(new Patterns(java.util.List.of("a{0,3}\\z"), false));
    // As Python 3.11 has them: re.search(r"^\w+$", "Z\u00fcrich"), re.search(r"^\d$", "\u0663"),
    // ...
    assertThat(matches("^\\\\w+$", "Z\u00fcrich")).isTrue();
    assertThat(matches("^[\\\\w-]+$", "Z\u00fcrich-7")).isTrue();
    assertThat(matches("\\\\W", "Z\u00fcrich_7")).isFalse();
    assertThat(matches("^\\\\d$", "\u0663")).isTrue();
    assertThat(matches("^\\\\D$", "\u0663")).isFalse();
    assertThat(matches("^a\\\\sb$", "a\u00a0b")).isTrue();
    assertThat(matches("^a\\\\Sb$", "a\u2003b")).isFalse();
    assertThat(matches("^a\\\\sb$", "a\u200bb")).isFalse();
    assertThat(matches("^[\\\\w-]+$", "a`")).isFalse();
    assertThat(matches("^[]\\\\s]+$", "] ]")).isTrue();
    assertThat(matches("^[^]\\\\s]+$", "a]")).isFalse();
    assertThat(matches("^[^]\\\\s]+$", "ab")).isTrue();
    assertThat(matches("^a[\\\\s\\\\S]b$", "a\nb")).isTrue();
    Patterns like =
        (Patterns)
            one(
                    "expect_column_values_to_match_like_pattern",
                    "'column': 's', 'like_pattern': 'a_.%'")
                .parameters();
    assertThat(com.google.re2j.Pattern.compile(like.patterns().get(0)).matcher("ab.\nc").find())
        .isTrue();
    assertThat(com.google.re2j.Pattern.compile(like.patterns().get(0)).matcher("abc").find())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "expect_column_values_to_be_unique | 'column': 'n' | it compares each value",
        "expect_column_values_to_be_increasing | 'column': 'n' | order of the rows",
        "expect_my_own | 'column': 'n' | not known here",
        "expect_column_values_to_not_be_null | 'column': 'gone' | column gone is not in the records",
        "expect_column_mean_to_be_between | 'column': 's', 'min_value': 0 | numeric column",
        "expect_column_values_to_match_regex | 'column': 's', 'regex': '(?=a)' | linear time",
        "expect_column_values_to_match_regex | 'column': 's', 'regex': '[\\\\Wa]' | characters of a set",
        "expect_column_values_to_not_be_null | 'column': 'n', 'sample': 3 | argument sample",
        "expect_column_mean_to_be_between | 'column': 'n', 'min_value': 0, 'row_condition': 'n > 1' | row_condition",
        "expect_column_to_exist | 'column': 'n', 'column_index': 1 | column_index",
        "expect_column_values_to_not_be_null | 'column': 'n', 'row_condition': 'i >= \\\"2024-01-01\\\"' | column i, which holds INT32, with '2024-01-01', expected a number",
        "expect_column_values_to_not_be_null | 'column': 'n', 'row_condition': 'n >= \\\"20240101\\\"' | column n, which holds INT64, with '20240101', expected a number or a date",
        "expect_column_values_to_not_be_null | 'column': 'n', 'row_condition': 'x in [1, \\\"1/31/2020\\\"]' | column x, which holds DOUBLE, with '1/31/2020', expected a number",
        "expect_column_values_to_not_be_null | 'column': 'n', 'row_condition': 'n == \\\"2024-01-01 10:00 PM\\\"' | column n, which holds INT64, with '2024-01-01 10:00 PM', expected a number or a date",
        "expect_column_values_to_not_be_null | 'column': 'n', 'row_condition': 'x > \\\"1\\\"' | column x, which holds DOUBLE, with '1', expected a number",
        "expect_column_values_to_not_be_null | 'column': 'n', 'row_condition': 's <= 5' | column s, which holds STRING, with 5, expected a text in quotes",
        "expect_column_values_to_be_in_set | 'column': 'i', 'value_set': ['2024-01-01'] | may be a date, but the column holds INT32, expected a number",
        "expect_column_values_to_be_in_set | 'column': 'n', 'value_set': ['20240101'] | may be a date, but the column holds INT64, expected a number or a date",
        "expect_column_values_to_match_regex | 'column': 's', 'regex': '((a{1000}){1000}){1000}' | 1000000000 copies of a part, expected at most 1000",
        "expect_multicolumn_sum_to_equal | 'column_list': ['n', 'i'], 'sum_total': 9007199254740993 | sum_total is 9007199254740993, expected",
      })
  void listsWhatAStreamCannotTell(String type, String kwargs, String reason) {
    SuiteTranslation translation = kwargs(type, kwargs);
    assertThat(translation.stated()).isEmpty();
    assertThat(translation.unsupported()).hasSize(1);
    assertThat(translation.unsupported().get(0).toString())
        .contains("expectations[0]", type, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "expect_column_values_to_be_between | 'column': 'n', 'min_value': 2, 'max_value': 1",
        "expect_column_values_to_be_between | 'column': 'n'",
        "expect_column_values_to_not_be_null | 'column': 'n', 'mostly': 1.5",
        "expect_column_values_to_not_be_null | 'mostly': 1",
        "expect_column_values_to_not_be_in_set | 'column': 'n', 'value_set': null",
        "expect_column_mean_to_be_between | 'column': 'n', 'min_value': 'a'",
        "expect_column_values_to_not_be_null | 'column': 'n', 'row_condition': 'n > 1', 'condition_parser': 'bad'",
        "expect_column_pair_values_to_be_equal | 'column_A': 'n', 'column_B': 'x', 'ignore_row_if': 'often'",
        "expect_column_kl_divergence_to_be_less_than | 'column': 'x', 'partition_object': {'bins': [1, 0], 'weights': [1]}",
      })
  void namesWhatIsWrong(String type, String kwargs) {
    SuiteTranslation translation = kwargs(type, kwargs);
    assertThat(translation.stated()).isEmpty();
    assertThat(translation.wrong()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[] | the document",
        "{\"expectations\": [1]} | expectations[0] is 1",
        "{\"expectations\": [{\"kwargs\": {}}]} | expectations[0]",
        "{\"expectations\": [{\"type\": \"a\", \"kwargs\": 3}]} | expectations[0].kwargs is 3",
        "{\"expectations\": [{\"type\": \"a\", \"severity\": \"bad\"}]} | expectations[0].severity",
        "{\"expectations\": [], \"expectations\": []} | no JSON",
        "{\"expectations\": [ | line 1",
      })
  void refusesWhatIsNoSuite(String json, String place) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(SuiteException.class)
        .hasMessageContaining("suite.json")
        .hasMessageContaining(place);
  }

  @Test
  void refusesDeepNesting() {
    String deep = "{\"expectations\": " + "[".repeat(2000) + "]".repeat(2000) + "}";
    assertThatThrownBy(() -> read(deep))
        .isInstanceOf(SuiteException.class)
        .hasMessageContaining("depth");
  }

  /** Returns whether a regular expression of a suite, as its JSON has it, is found in a text. */
  private static boolean matches(String regex, String text) {
    Patterns patterns =
        (Patterns)
            one("expect_column_values_to_match_regex", "'column': 's', 'regex': '" + regex + "'")
                .parameters();
    return com.google.re2j.Pattern.compile(patterns.patterns().get(0)).matcher(text).find();
  }
}
