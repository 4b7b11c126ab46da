package dev.sluice.cli.score;

import java.io.IOException;

/** The rows of a JSON-lines file. */
public final class JsonRows implements InputRows {
  private final DataFile file;
  private final JsonLines lines;
  private final RecordBuilder records;
  private final RecordEncoder encoder;

  /**
   * @param file closed with this
   * @param encoder of the schema
   */
  public JsonRows(DataFile file, FileSchema schema, RecordEncoder encoder) {
    this.file = file;
    this.lines = new JsonLines(file.stream());
    this.records = new RecordBuilder(schema);
    this.encoder = encoder;
  }

  @Override
  public InputRow next() {
    try {
      if (!lines.advance()) {
        return null;
      }
    } catch (IOException e) {
      throw DataFile.unreadable(file.path(), e);
    }
    try {
      return InputRow.of(encoder.encode(records.of(lines.object())));
    } catch (MalformedRowException e) {
      return InputRow.malformed("line " + lines.number() + ": " + e.getMessage());
    }
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
