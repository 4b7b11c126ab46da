package dev.sluice.decode;

import dev.sluice.record.FeatureRow;
import java.util.ArrayList;
import java.util.List;

/** Reads fields one after the other: a record. */
final class SequenceReader implements FieldReader {
  private final FieldReader[] fields;

  private SequenceReader(FieldReader[] fields) {
    this.fields = fields;
  }

  /** Returns a reader of fields in their order, runs of like columns in one. */
  static SequenceReader of(List<FieldReader> fields) {
    List<FieldReader> parts = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      List<ColumnReader> run = run(fields, i);
      parts.add(run.size() > 1 ? ColumnRunReader.of(run) : fields.get(i));
      i += Math.max(0, run.size() - 1);
    }
    return new SequenceReader(parts.toArray(new FieldReader[0]));
  }

  private static List<ColumnReader> run(List<FieldReader> fields, int first) {
    List<ColumnReader> run = new ArrayList<>();
    for (int i = first; i < fields.size(); i++) {
      boolean fits =
          fields.get(i) instanceof ColumnReader next
              && (run.isEmpty() || ColumnRunReader.continues(run.get(run.size() - 1), next));
      if (!fits) {
        break;
      }
      run.add((ColumnReader) fields.get(i));
    }
    return run;
  }

  @Override
  public void read(BinaryCursor in, FeatureRow row) throws MalformedRecordException {
    for (FieldReader field : fields) {
      field.read(in, row);
    }
  }
}
