package dev.sluice.cli.profile;

import dev.sluice.cli.score.CsvFeatures;
import dev.sluice.cli.score.DataFile;
import dev.sluice.cli.score.FileSchema;
import dev.sluice.cli.score.Split;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** The rows of CSV files as features; opens a file once the one before it is at its end. */
final class CsvFileRows implements FeatureRows {
  private final Iterator<Path> files;
  private final FileSchema schema;
  private final FeatureLayout layout;
  private final String eventTimeField;
  private final Split split;
  private final Consumer<String> notes;
  private Path path;
  private CsvFeatures current;
  private int number;
  private long before;
  private long currentSize;

  CsvFileRows(
      List<Path> files,
      FileSchema schema,
      FeatureLayout layout,
      String eventTimeField,
      Split split,
      Consumer<String> notes) {
    this.files = files.iterator();
    this.schema = schema;
    this.layout = layout;
    this.eventTimeField = eventTimeField;
    this.split = split;
    this.notes = notes;
  }

  @Override
  public boolean next(FeatureRow row) throws IOException {
    while (current != null || files.hasNext()) {
      if (current == null) {
        open(files.next());
      }
      if (current.next(row)) {
        return true;
      }
      close();
      before += currentSize;
    }
    return false;
  }

  private void open(Path next) throws IOException {
    DataFile file = DataFile.open("--data", next);
    try {
      current = new CsvFeatures(file, number++, schema, layout, eventTimeField, split, notes);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
    path = next;
    currentSize = file.size();
  }

  @Override
  public String problem() {
    String problem = current.problem();
    return problem == null ? null : path + " " + problem;
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
