package dev.sluice.cli.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Expected values in the columns of a CSV file; an empty cell expects nothing. */
final class ExpectedTable extends ExpectedRows {
  private final DataFile file;
  private final CsvTable table;
  private final Map<OutputPath, Integer> columns = new HashMap<>();

  ExpectedTable(DataFile file, ExpectedNames names) {
    this.file = file;
    this.table = new CsvTable(file);
    Map<OutputPath, String> matches = names.match(table.columns(), file.path() + " has the column");
    names.requireSeen(file.path() + " has no column", "columns");
    if (matches.isEmpty()) {
      throw new IllegalArgumentException(
          "--expect: %s has no column for any of the outputs %s; its columns are %s; --expect-column OUTPUT=COLUMN maps them"
              .formatted(
                  file.path(), Names.listed(names.outputs()), Names.listed(table.columns())));
    }
    matches.forEach((path, name) -> columns.put(path, table.columns().indexOf(name)));
  }

  @Override
  ExpectedRow next() {
    CsvCells row = table.next();
    if (row == null) {
      return null;
    }
    try {
      table.requireWhole(row);
    } catch (MalformedRowException e) {
      throw new IllegalArgumentException(
          file.path() + " line " + row.line() + ": " + e.getMessage(), e);
    }
    Map<OutputPath, JsonNode> values = new HashMap<>();
    columns.forEach(
        (path, column) -> {
          String text = row.text(column);
          if (!text.isEmpty()) {
            values.put(path, TextNode.valueOf(text));
          }
        });
    return new ExpectedRow(null, values);
  }

  @Override
  String name() {
    return file.path().toString();
  }

  @Override
  public void close() throws IOException {
    table.close();
  }
}
