package dev.sluice.decode;

import dev.sluice.record.FeatureRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads fields one after the other: a record. */
final class SequenceReader implements FieldReader {
  /** In the place of a run's type; the number behind it says which of the other readers. */
  private static final int OTHER = -1;

  /** In the place of a run's type: text or bytes that nobody wants. */
  private static final int UNREAD_TEXT = -2;

  private final int[] steps;
  private final FieldReader[] others;

  private SequenceReader(int[] steps, FieldReader[] others) {
    this.steps = steps;
    this.others = others;
  }

  /** Returns a reader of fields in their order, {@linkplain ColumnRuns runs} of columns in one. */
  static SequenceReader of(List<FieldReader> fields) {
    List<int[]> steps = new ArrayList<>();
    List<FieldReader> others = new ArrayList<>();
    for (int i = 0; i < fields.size(); ) {
      List<ColumnReader> run = run(fields, i);
      if (run.isEmpty()) {
        int[] step = new int[ColumnRuns.SIZE];
        if (fields.get(i) instanceof SkipReader skip && skip.isText()) {
          step[0] = UNREAD_TEXT;
        } else {
          step[0] = OTHER;
          step[1] = others.size();
          others.add(fields.get(i));
        }
        steps.add(step);
        i++;
      } else {
        steps.add(ColumnRuns.of(run));
        i += run.size();
      }
    }
    return new SequenceReader(
        steps.stream().flatMapToInt(Arrays::stream).toArray(), others.toArray(new FieldReader[0]));
  }

  private static List<ColumnReader> run(List<FieldReader> fields, int first) {
    List<ColumnReader> run = new ArrayList<>();
    for (FieldReader field : fields.subList(first, fields.size())) {
      boolean fits =
          field instanceof ColumnReader next
              && (run.isEmpty() ? ColumnRuns.fits(next) : ColumnRuns.continues(run, next));
      if (!fits) {
        break;
      }
      run.add((ColumnReader) field);
    }
    return run;
  }

  @Override
  public void read(BinaryCursor in, FeatureRow row) throws MalformedRecordException {
    for (int at = 0; at < steps.length; at += ColumnRuns.SIZE) {
      int type = steps[at];
      if (type >= 0) {
        ColumnRuns.read(steps, at, in, row);
      } else if (type == UNREAD_TEXT) {
        in.skip(in.readLength());
      } else {
        others[steps[at + 1]].read(in, row);
      }
    }
  }
}
