package dev.sluice.expect.gx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.NoParameters;
import dev.sluice.expect.ValueSet;
import dev.sluice.record.Severity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Rules for the number of records and for their schema. */
final class TableRules {
  private TableRules() {}

  static void addTo(Map<String, Rule> rules) {
    rules.put("expect_table_row_count_to_be_between", TableRules::rowsBetween);
    rules.put("expect_table_row_count_to_equal", TableRules::rowsEqual);
    rules.put("expect_column_to_exist", TableRules::exists);
    rules.put(
        "expect_column_values_to_be_of_type",
        (kwargs, columns) -> ofType(kwargs, columns, List.of(kwargs.text("type_"))));
    rules.put(
        "expect_column_values_to_be_in_type_list",
        (kwargs, columns) -> {
          if (kwargs.optional("type_list") == null) {
            throw Refusal.vacuous("type_list is null, which is any type");
          }
          return ofType(kwargs, columns, kwargs.texts("type_list"));
        });
  }

  private static Expectation rows(Bounds bounds) {
    return Expectation.of(ExpectationType.ROW_COUNT, List.of(), bounds, Severity.CRITICAL);
  }

  private static Expectation rowsBetween(Kwargs kwargs, Columns columns) {
    Bounds bounds = SuiteBounds.ofCount(kwargs);
    if (bounds == null) {
      throw Refusal.vacuous("min_value and max_value are missing, which is any number of rows");
    }
    return rows(bounds);
  }

  private static Expectation rowsEqual(Kwargs kwargs, Columns columns) {
    JsonNode value = kwargs.required("value", "a whole number");
    double rows = Kwargs.number("value", value);
    if (rows != Math.rint(rows)) {
      throw Kwargs.wrong("value", value, "a whole number");
    }
    return rows(Bounds.of(rows, rows));
  }

  private static Expectation exists(Kwargs kwargs, Columns columns) {
    if (kwargs.optional("column_index") != null) {
      throw Refusal.unsupported("column_index is stated, but records have no order of columns");
    }
    return ValueRules.of(ExpectationType.EXISTS, ValueRules.column(kwargs), NoParameters.NONE);
  }

  private static Expectation ofType(Kwargs kwargs, Columns columns, List<String> names) {
    columns.type(ValueRules.column(kwargs));
    Set<String> types = new TreeSet<>();
    names.forEach(name -> types.addAll(TypeNames.of(name)));
    return ValueRules.of(
        ExpectationType.SCHEMA_TYPE, ValueRules.column(kwargs), new ValueSet(types));
  }
}
