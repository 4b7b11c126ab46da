package dev.sluice.cli.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Expected values in the objects of a JSON-lines file: those in {@code outputs}, where that is an
 * object, else in the line's own object. What is null or not there expects nothing.
 */
final class ExpectedLines extends ExpectedRows {
  private final DataFile file;
  private final JsonLines lines;
  private final ExpectedNames names;
  private List<String> keys = List.of();
  private Map<OutputPath, String> matches = Map.of();
  private long row;

  ExpectedLines(DataFile file, ExpectedNames names) {
    this.file = file;
    this.lines = new JsonLines(file.stream());
    this.names = names;
  }

  @Override
  ExpectedRow next() {
    try {
      if (lines.advance()) {
        return expected(lines.object());
      }
      if (row > 0) { // in a line or another, as a key whose value is null may be left out
        names.requireSeen(file.path() + " has no key", "keys");
      }
      return null;
    } catch (IOException e) {
      throw DataFile.unreadable(file.path(), e);
    } catch (MalformedRowException e) {
      throw new IllegalArgumentException(
          file.path() + " line " + lines.number() + ": " + e.getMessage(), e);
    }
  }

  private ExpectedRow expected(ObjectNode line) throws MalformedRowException {
    boolean written = line.has("status") && line.has("row");
    if (written && line.get("row").asLong(-1) != row) {
      throw new MalformedRowException(
          "row is " + line.get("row") + ", expected " + row + ": all rows in the same order");
    }
    row++;
    ObjectNode values = line.get("outputs") instanceof ObjectNode outputs ? outputs : line;
    if (written && values == line) {
      return new ExpectedRow(line.get("status").asText(), Map.of());
    }
    List<String> found = new ArrayList<>();
    values.fieldNames().forEachRemaining(found::add);
    if (!found.equals(keys)) {
      keys = found;
      matches = names.match(found, file.path() + " line " + lines.number() + " has the key");
    }
    Map<OutputPath, JsonNode> expected = new HashMap<>();
    matches.forEach(
        (path, key) -> {
          if (!values.get(key).isNull()) {
            expected.put(path, values.get(key));
          }
        });
    return new ExpectedRow(written ? line.get("status").asText() : null, expected);
  }

  @Override
  String name() {
    return file.path().toString();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
