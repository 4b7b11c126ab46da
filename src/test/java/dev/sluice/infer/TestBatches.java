package dev.sluice.infer;

import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.InputTensor;
import java.util.ArrayList;
import java.util.List;

/** Makes batches by hand. */
public final class TestBatches {
  private TestBatches() {}

  /** A layout with one column for each input: the whole row of that input. */
  public static FeatureLayout layout(InputTensor... inputs) {
    List<FeatureColumn> columns = new ArrayList<>();
    List<InputTensor> placed = new ArrayList<>();
    for (InputTensor input : inputs) {
      placed.add(
          new InputTensor(input.name(), input.type(), input.rowShape(), List.of(columns.size())));
      columns.add(new FeatureColumn(input.name(), input.type(), input.rowWidth()));
    }
    return new FeatureLayout(columns, placed);
  }

  /** An input that still has to be placed. */
  public static InputTensor input(String name, ElementType type, Integer... rowShape) {
    return new InputTensor(name, type, List.of(rowShape), List.of());
  }

  /** Appends a row with one value per element; null stands for a missing column of width 1. */
  public static void append(FeatureBatch batch, Object... values) {
    FeatureLayout layout = batch.layout();
    FeatureRow row = new FeatureRow(layout);
    row.reset(new EncodedRecord("features", 0, batch.size(), 0, null, null, Header.NONE));
    row.setEventTime(1000 + batch.size());
    for (int column = 0; column < layout.columns().size(); column++) {
      FeatureColumn feature = layout.columns().get(column);
      for (int i = 0; i < feature.width(); i++) {
        int element = layout.elementOffset(column) + i;
        Object value = values[element];
        if (value == null) {
          continue;
        }
        if (feature.type().isFloating()) {
          row.setDouble(element, ((Number) value).doubleValue());
        } else if (feature.type() == ElementType.STRING) {
          row.setText(element, (String) value);
        } else {
          row.setLong(element, ((Number) value).longValue());
        }
        row.setMissing(column, false);
      }
    }
    batch.append(row);
  }
}
