package dev.sluice.infer.onnx;

import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;

/** Rows of zeros and empty texts. */
final class NeutralRows {
  private NeutralRows() {}

  /** Empties a batch and fills it with so many neutral rows. */
  static void fill(FeatureBatch batch, int size) {
    FeatureLayout layout = batch.layout();
    FeatureRow row = new FeatureRow(layout);
    for (int column = 0; column < layout.columns().size(); column++) {
      FeatureColumn feature = layout.columns().get(column);
      if (feature.type() == ElementType.STRING) {
        for (int i = 0; i < feature.width(); i++) {
          row.setText(layout.elementOffset(column) + i, "");
        }
      }
    }
    batch.clear();
    for (int i = 0; i < size; i++) {
      batch.append(row);
    }
  }
}
