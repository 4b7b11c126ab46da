package dev.sluice.serial;

import dev.sluice.record.ColumnView;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.InputTensor;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.Padding;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.TensorBuffer;
import dev.sluice.record.Violation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rows and batches with every type, missing values, warnings and failed rows. */
final class Samples {
  static final FeatureLayout LAYOUT =
      new FeatureLayout(
          List.of(
              new FeatureColumn("bool", ElementType.BOOL, 1),
              new FeatureColumn("int", ElementType.INT32, 1),
              new FeatureColumn("id", ElementType.INT64, 1),
              new FeatureColumn("float", ElementType.FLOAT, 2),
              new FeatureColumn("double", ElementType.DOUBLE, 1),
              new FeatureColumn("text", ElementType.STRING, 1),
              new FeatureColumn("beside", ElementType.INT64, 1),
              new FeatureColumn(
                  "tokens", ElementType.INT64, 3, List.of(3), new Padding(0, 1, "-1"))),
          List.of(
              new InputTensor("x", ElementType.FLOAT, List.of(2, 3), List.of(0, 1, 2, 3, 4)),
              new InputTensor("id", ElementType.INT64, List.of(1), List.of(2)),
              new InputTensor("text", ElementType.STRING, List.of(), List.of(5)),
              new InputTensor("tokens", ElementType.INT16, List.of(3), List.of(7)),
              new InputTensor("half", ElementType.FLOAT16, List.of(3), List.of(3, 4))));

  private Samples() {}

  static EncodedRecord source(int offset) {
    Header[] headers = {new Header("trace", new byte[] {9}), new Header("empty", null)};
    return new EncodedRecord(
        "features", 3, offset, 1_700_000_000_000L, new byte[] {1}, new byte[] {2, 3}, headers);
  }

  static FeatureRow row(int offset) {
    FeatureRow row = new FeatureRow(LAYOUT);
    row.reset(source(offset));
    row.setEventTime(offset - 10);
    row.setLong(0, 1);
    row.setLong(1, Integer.MIN_VALUE);
    row.setLong(2, Long.MAX_VALUE - offset);
    row.setDouble(3, Float.NaN);
    row.setDouble(4, Float.NEGATIVE_INFINITY);
    row.setDouble(5, 0.1);
    row.setText(6, "Dongsi 北 " + offset);
    row.setLong(7, Long.MIN_VALUE + offset);
    row.setLong(8, 30_000 + offset);
    row.setLong(9, -1);
    row.setLong(10, -1);
    for (int column = 0; column < LAYOUT.columns().size(); column++) {
      row.setMissing(column, false);
    }
    row.setLength(7, 1);
    return row;
  }

  /** A full row, one with nothing, and one with warnings. */
  static FeatureBatch batch() {
    FeatureBatch batch = new FeatureBatch(LAYOUT, 5);
    batch.append(row(1));
    batch.appendTombstone(source(1));
    FeatureRow missing = new FeatureRow(LAYOUT);
    missing.reset(source(2));
    batch.append(missing);
    FeatureRow warned = row(3);
    warned.setMissing(3, true);
    warned
        .violations()
        .add(
            new Violation(
                "int", Reason.OUT_OF_RANGE, Severity.INFO, "9", "range [0, 1]", "[0, 1]", 3));
    batch.append(warned);
    batch.appendTombstone(source(4));
    batch.appendTombstone(source(5));
    return batch;
  }

  /** Every type of output; the second row has failed. */
  static PredictionBatch predictions() {
    PredictionBatch batch = new PredictionBatch();
    batch.reset(batch());
    batch.fail(1, Reason.MODEL_ERROR, "no");
    batch.warn(2, new Violation("y[1]", Reason.NAN_OUTPUT, Severity.WARNING, "NaN", "a number"));
    for (ElementType type : ElementType.values()) {
      int width = type == ElementType.SCORES ? 1 : 2;
      TensorBuffer values = new TensorBuffer(type, width, 5);
      for (int i = 0; i < 3 * width; i++) {
        switch (type) {
          case STRING -> values.setText(i, "label " + i);
          case SCORES -> values.setScores(i, i == 1 ? null : new TreeMap<>(Map.of("a", 0.1 * i)));
          default -> values.setLong(i, i % 2);
        }
      }
      batch.outputs().add(new OutputTensor(type.name(), List.of(width), values));
    }
    return batch;
  }

  /** Returns all that a batch shows, as a text. */
  static String describe(FeatureBatch batch) {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < batch.size(); row++) {
      text.append(batch.source(row).coordinates()).append(' ').append(batch.eventTime(row));
      text.append(' ').append(batch.warnings(row));
      for (int i = 0; i < batch.layout().columns().size(); i++) {
        ColumnView column = batch.column(i);
        text.append(' ').append(column.column().name()).append('=');
        for (int e = 0; e < column.column().width(); e++) {
          text.append(column.isMissing(row) ? "missing " : value(column, row, e) + " ");
        }
        text.append(column.isMissing(row) ? "" : "of length " + column.length(row));
      }
      text.append('\n');
    }
    for (FeatureBatch.Tombstone tombstone : batch.tombstones()) {
      text.append("tombstone " + tombstone.row() + ' ' + tombstone.source().coordinates() + '\n');
    }
    return text.toString();
  }

  private static Object value(ColumnView column, int row, int element) {
    if (column.type() == ElementType.STRING) {
      return column.textAt(row, element);
    }
    return column.type().isIntegral()
        ? (Object) column.longAt(row, element)
        : (Object) column.numberAt(row, element);
  }

  /** Returns all that an answer shows, as a text. */
  static String describe(PredictionBatch batch) {
    StringBuilder text = new StringBuilder(describe(batch.features()));
    for (int row = 0; row < batch.size(); row++) {
      text.append(batch.isPredicted(row) + " " + batch.failure(row) + " " + batch.message(row));
      text.append(' ').append(batch.warnings(row));
      for (OutputTensor output : batch.outputs()) {
        text.append(' ').append(output.name()).append(output.rowShape());
        int width = output.values().rowWidth();
        for (int i = row * width; i < (row + 1) * width; i++) {
          text.append(' ').append(value(output.values(), i));
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static Object value(TensorBuffer values, int element) {
    return switch (values.type()) {
      case STRING -> values.textAt(element);
      case SCORES -> values.scoresAt(element);
      default ->
          values.type().isFloating()
              ? (Object) values.numberAt(element)
              : (Object) values.longAt(element);
    };
  }
}
