package dev.sluice.cli.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** The rows of a JSON-lines file. */
public final class JsonRows implements InputRows {
  private final DataFile file;
  private final JsonLines lines;
  private final RecordBuilder records;
  private final RecordEncoder encoder;
  private final Split split;
  private final boolean splitIsField;

  /**
   * @param file closed with this
   * @param split which rows are taken
   * @param encoder of the schema
   */
  public JsonRows(DataFile file, FileSchema schema, Split split, RecordEncoder encoder) {
    this.file = file;
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
          return InputRow.of(encoder.encode(records.of(row)));
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
    JsonNode value = splitIsField ? row.get(split.field()) : row.remove(split.field());
    return split.takes(value == null || value.isNull() ? null : text(value));
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
