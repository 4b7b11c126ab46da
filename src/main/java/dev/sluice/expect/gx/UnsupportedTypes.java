package dev.sluice.expect.gx;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Why expectations of a type cannot be evaluated on a stream. */
final class UnsupportedTypes {
  private static final Map<String, String> REASONS = new TreeMap<>();

  static {
    Map<String, String[]> types = new LinkedHashMap<>();
    types.put(
        "it compares each value with all others, which a stream does not keep",
        new String[] {
          "expect_column_values_to_be_unique",
          "expect_compound_columns_to_be_unique",
          "expect_column_value_z_scores_to_be_less_than"
        });
    types.put(
        "it depends on the order of the rows, which a stream does not have",
        new String[] {
          "expect_column_values_to_be_increasing", "expect_column_values_to_be_decreasing"
        });
    types.put(
        "it is about another table",
        new String[] {
          "expect_table_row_count_to_equal_other_table", "expect_query_results_to_match_comparison"
        });
    types.put(
        "it is a query, and there is no database",
        new String[] {"unexpected_rows_expectation", "expect_query_results_to_match"});
    types.put(
        "records have no order and no fixed number of columns: their schema evolves",
        new String[] {
          "expect_table_column_count_to_be_between",
          "expect_table_column_count_to_equal",
          "expect_table_columns_to_match_ordered_list",
          "expect_table_columns_to_match_set"
        });
    types.put(
        "it is a statistical test that windows do not have",
        new String[] {
          "expect_column_bootstrapped_ks_test_p_value_to_be_greater_than",
          "expect_column_chisquare_test_p_value_to_be_greater_than",
          "expect_column_pair_cramers_phi_value_to_be_less_than",
          "expect_column_parameterized_distribution_ks_test_p_value_to_be_greater_than"
        });
    types.put(
        "there is no check of the text's form but by regular expressions",
        new String[] {
          "expect_column_values_to_be_dateutil_parseable",
          "expect_column_values_to_be_json_parseable",
          "expect_column_values_to_match_json_schema",
          "expect_column_values_to_match_strftime_format"
        });
    types.forEach(
        (reason, names) -> {
          for (String name : names) {
            REASONS.put(name, reason);
          }
        });
  }

  private UnsupportedTypes() {}

  static String reason(String type) {
    return REASONS.getOrDefault(type, "the type is not known here: it may be a custom one");
  }
}
