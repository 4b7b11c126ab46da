package dev.sluice.cli.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.function.Consumer;

/** The rows of a JSON-lines file. */
public final class JsonRows implements InputRows {
  private final DataFile file;
  private final JsonLines lines;
  private final RowKeys keys;
  private final RecordBuilder records;
  private final RecordEncoder encoder;
  private final Split split;
  private final boolean splitIsField;

  /**
   * @param file closed with this
   * @param split which rows are taken
   * @param encoder of the schema
   * @param notes takes a line for a person about keys that are named otherwise than fields
   */
  public JsonRows(
      DataFile file,
      FileSchema schema,
      Split split,
      RecordEncoder encoder,
      Consumer<String> notes) {
    this.file = file;
    this.keys = new RowKeys(file, schema, notes);
    this.lines = new JsonLines(file.stream());
    this.records = new RecordBuilder(schema);
    this.encoder = encoder;
    this.split = split;
    this.splitIsField =
        schema.fields().stream().anyMatch(field -> field.name().equals(split.field()));
  }

  @Override
  public InputRow next() {
    while (advance()) {
      try {
        ObjectNode row = lines.object();
        if (takes(row)) {
          return InputRow.of(encoder.encode(records.of(features(row))));
        }
      } catch (MalformedRowException e) {
        return InputRow.malformed("line " + lines.number() + ": " + e.getMessage());
      }
    }
    return null;
  }

  private boolean advance() {
    try {
      return lines.advance();
    } catch (IOException e) {
      throw DataFile.unreadable(file.path(), e);
    }
  }

  private boolean takes(ObjectNode row) {
    if (split.isAll()) {
      return true;
    }
    JsonNode value = row.get(split.field());
    return split.takes(value == null || value.isNull() ? null : text(value));
  }

  /** Returns the row by fields, without what it is only taken by. */
  private ObjectNode features(ObjectNode row) throws MalformedRowException {
    ObjectNode named = keys.named(row);
    if (!split.isAll() && !splitIsField) {
      named.remove(split.field());
    }
    return named;
  }

  /** Returns a number with a point as the nearest double is written, whatever its digits. */
  private static String text(JsonNode value) {
    return value.isBigDecimal() ? Double.toString(value.doubleValue()) : value.asText();
  }

  @Override
  public long position() {
    return file.position();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
