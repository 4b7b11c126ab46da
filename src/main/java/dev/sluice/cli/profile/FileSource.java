package dev.sluice.cli.profile;

import dev.sluice.cli.score.CsvFeatures;
import dev.sluice.cli.score.DataFile;
import dev.sluice.cli.score.FileSchema;
import dev.sluice.cli.score.InputRow;
import dev.sluice.cli.score.InputRows;
import dev.sluice.cli.score.RecordEncoder;
import dev.sluice.cli.score.Split;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.Header;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/** The rows of files of one kind, read one file after the other. */
public final class FileSource implements RowSource {
  private final List<Path> files;
  private final DataFile.Format format;
  private final FileSchema schema;
  private final RecordEncoder.Factory encoders;
  private final Consumer<String> notes;
  private final long size;

  private FileSource(
      List<Path> files,
      DataFile.Format format,
      FileSchema schema,
      RecordEncoder.Factory encoders,
      Consumer<String> notes,
      long size) {
    this.files = files;
    this.format = format;
    this.schema = schema;
    this.encoders = encoders;
    this.notes = notes;
    this.size = size;
  }

  /**
   * Looks at the files, and learns their schema.
   *
   * @param option names in a message where the files come from
   * @param files one or more
   * @param given the records' schema; null for the first file's own
   * @param inputs fields by model input, for inputs that take others than that of their own name
   * @param notes takes lines for a person, each once
   * @throws IllegalArgumentException if a file cannot be read or is of another kind than the first,
   *     or there is no schema
   */
  public static FileSource of(
      String option,
      List<Path> files,
      Schema given,
      Map<String, List<String>> inputs,
      RecordEncoder.Factory encoders,
      Consumer<String> notes)
      throws IOException {
    long size = 0;
    DataFile.Format format = null;
    FileSchema schema = given == null ? null : FileSchema.given(given, inputs);
    for (Path path : files) {
      try (DataFile file = DataFile.open(option, path)) {
        if (format == null) {
          format = file.format();
          schema = schema == null ? FileSchema.own(file, inputs, notes) : schema;
        } else if (file.format() != format) {
          throw new IllegalArgumentException(
              "%s names %s, which is %s, and %s, which is %s, expected files of one kind"
                  .formatted(option, files.get(0), format, path, file.format()));
        }
        size += file.size();
      }
    }
    return new FileSource(
        List.copyOf(files), format, schema, encoders, new LimitedNotes(notes), size);
  }

  /** Returns the same, with a field that holds the event time; empty for none. */
  public FileSource withEventTime(String field) {
    return new FileSource(files, format, schema.withEventTime(field), encoders, notes, size);
  }

  @Override
  public RowSource taking(FeatureLayout layout) {
    return new FileSource(files, format, schema.taking(layout), encoders, notes, size);
  }

  @Override
  public Schema schema() {
    return schema.schema();
  }

  @Override
  public SourceRows open(Split split) {
    return new Rows(split);
  }

  /** Returns the rows of CSV files whose schema has single values alone, as it mostly has. */
  @Override
  public Optional<FeatureRows> openFeatures(
      Split split, FeatureLayout layout, String eventTimeField) {
    return format == DataFile.Format.CSV && CsvFeatures.reads(schema, eventTimeField)
        ? Optional.of(new CsvFileRows(files, schema, layout, eventTimeField, split, notes))
        : Optional.empty();
  }

  @Override
  public String name() {
    return DataSetName.of(files);
  }

  @Override
  public String sha256() throws IOException {
    return DataSetDigest.of(files);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Unit unit() {
    return Unit.BYTES;
  }

  @Override
  public boolean hasTimestamps() {
    return false;
  }

  /** Opens a file once the one before it is at its end. */
  private final class Rows implements SourceRows {
    private final Split split;
    private InputRows current;
    private int next;
    private long number;
    private long before;
    private long currentSize;

    Rows(Split split) {
      this.split = split;
    }

    @Override
    public SourceRow next() throws IOException {
      while (current != null || next < files.size()) {
        if (current == null) {
          open(files.get(next++));
        }
        InputRow row = current.next();
        if (row != null) {
          number++;
          return row.isMalformed()
              ? SourceRow.malformed(path() + " " + row.problem())
              : SourceRow.of(
                  new EncodedRecord(
                      "file", next - 1, number - 1, 0, null, row.value(), Header.NONE));
        }
        close();
        before += currentSize;
        currentSize = 0;
      }
      return null;
    }

    private void open(Path path) throws IOException {
      DataFile file = DataFile.open("--data", path);
      try {
        current = InputRows.open(file, schema, split, encoders, notes);
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
      currentSize = file.size();
      number = 0;
    }

    private Path path() {
      return files.get(next - 1);
    }

    @Override
    public String place() {
      return path() + " record " + (number - 1);
    }

    @Override
    public long position() {
      return before + (current == null ? 0 : current.position());
    }

    @Override
    public void close() throws IOException {
      if (current != null) {
        current.close();
        current = null;
      }
    }
  }
}
