package dev.sluice.expect.gx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The data set of a case as the columns and rows of a stream. */
final class DefinitionData {
  private static final EncodedRecord SOURCE =
      new EncodedRecord("definitions", 0, 0, 0, null, new byte[0], Header.NONE);

  /**
   * A column.
   *
   * @param mixed whether it has texts and numbers; all are carried as texts then
   * @param time whether texts of dates are carried as milliseconds since the epoch
   */
  record Column(String name, ElementType type, List<JsonNode> cells, boolean mixed, boolean time) {}

  private final Map<String, Column> columns = new LinkedHashMap<>();
  private final FeatureLayout layout;
  private final int rows;

  DefinitionData(DefinitionCase definition) {
    JsonNode data = definition.data().path("data");
    if (!data.isObject()) {
      throw new NotApplicable("the data are several tables");
    }
    data.properties().stream()
        .filter(p -> p.getValue().isArray())
        .forEach(p -> columns.put(p.getKey(), column(p.getKey(), p.getValue(), definition)));
    carryPairsAlike(definition.in());
    layout =
        new FeatureLayout(
            columns.values().stream().map(c -> new FeatureColumn(c.name, c.type, 1)).toList(),
            List.of());
    rows = columns.values().stream().mapToInt(c -> c.cells.size()).max().orElse(0);
  }

  /** Says why a case cannot be run. */
  static final class NotApplicable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotApplicable(String reason) {
      super(reason);
    }
  }

  private static Column column(String name, JsonNode array, DefinitionCase definition) {
    List<JsonNode> cells = StreamSupport.stream(array.spliterator(), false).toList();
    List<JsonNode> values = cells.stream().filter(c -> !c.isNull()).toList();
    String stated =
        definition
            .data()
            .path("schemas")
            .path("pandas")
            .path(name)
            .asText("")
            .toLowerCase(Locale.ROOT);
    boolean texts = values.stream().anyMatch(JsonNode::isTextual);
    if (texts && values.stream().allMatch(JsonNode::isTextual)) {
      boolean parsed =
          stated.startsWith("datetime")
              || stated.startsWith("timestamp")
              || definition.in().path("parse_strings_as_datetimes").asBoolean()
                  && isNamed(definition.in(), name);
      boolean time =
          parsed
              && values.stream()
                  .allMatch(v -> DateTexts.parse(v.asText(), ChronoUnit.MILLIS).isPresent());
      return new Column(name, time ? ElementType.INT64 : ElementType.STRING, cells, false, time);
    }
    boolean flags = !values.isEmpty() && values.stream().allMatch(JsonNode::isBoolean);
    boolean numbers = values.stream().allMatch(JsonNode::isNumber);
    if (!flags && !numbers) {
      return new Column(name, ElementType.STRING, cells, true, false);
    }
    return new Column(name, type(values, flags, stated, definition), cells, false, false);
  }

  private static ElementType type(
      List<JsonNode> values, boolean flags, String stated, DefinitionCase definition) {
    if (flags) {
      return ElementType.BOOL;
    }
    if (values.isEmpty()) { // any type would do: that which the expectation is about
      boolean ofTexts =
          definition.type().contains("regex")
              || definition.type().contains("lengths")
              || stated.equals("str")
              || definition.in().path("value_set").path(0).isTextual();
      return ofTexts ? ElementType.STRING : ElementType.DOUBLE;
    }
    boolean whole = values.stream().allMatch(v -> v.isIntegralNumber() && v.canConvertToLong());
    return whole && !stated.startsWith("float") ? ElementType.INT64 : ElementType.DOUBLE;
  }

  private static boolean isNamed(JsonNode in, String name) {
    return List.of("column", "column_A", "column_B").stream()
        .anyMatch(key -> in.path(key).asText("").equals(name));
  }

  /** Equality of two columns survives where both are carried as texts. */
  private void carryPairsAlike(JsonNode in) {
    Column first = columns.get(in.path("column_A").asText(""));
    Column second = columns.get(in.path("column_B").asText(""));
    if (first != null && second != null && (first.mixed || second.mixed)) {
      for (Column column : List.of(first, second)) {
        columns.put(
            column.name, new Column(column.name, ElementType.STRING, column.cells, true, false));
      }
    }
  }

  Map<String, Column> columns() {
    return columns;
  }

  Set<String> mixed() {
    return columns.values().stream()
        .filter(Column::mixed)
        .map(Column::name)
        .collect(Collectors.toSet());
  }

  FeatureLayout layout() {
    return layout;
  }

  int rows() {
    return rows;
  }

  SuiteColumns suiteColumns() {
    return name -> java.util.Optional.ofNullable(columns.get(name)).map(Column::type);
  }

  JsonNode cell(String column, int row) {
    return columns.get(column).cells.get(row);
  }

  List<FeatureRow> featureRows() {
    List<FeatureRow> featureRows = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      FeatureRow row = new FeatureRow(layout);
      row.reset(SOURCE);
      int index = 0;
      for (Column column : columns.values()) {
        JsonNode cell = i < column.cells.size() ? column.cells.get(i) : null;
        if (cell != null && !cell.isNull()) {
          set(row, index, column, cell);
        }
        index++;
      }
      featureRows.add(row);
    }
    return featureRows;
  }

  private static void set(FeatureRow row, int index, Column column, JsonNode cell) {
    row.setMissing(index, false);
    if (column.time) {
      row.setLong(index, DateTexts.parse(cell.asText(), ChronoUnit.MILLIS).orElseThrow());
      return;
    }
    switch (column.type) {
      case STRING -> row.setText(index, cell.asText());
      case DOUBLE -> row.setDouble(index, cell.doubleValue());
      case BOOL -> row.setLong(index, cell.booleanValue() ? 1 : 0);
      default -> row.setLong(index, cell.longValue());
    }
  }
}
