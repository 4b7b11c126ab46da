package dev.sluice.cli.bench;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ElementColumns;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Rows for a model, the same in every run. A column that the data profile has is uniform from its
 * least to its greatest value, or one of its texts; without a profile a floating-point number is of
 * the standard normal distribution, any other 0 or 1, which embeddings take, and a text empty.
 */
final class RandomRows {
  private static final long SEED = 42;

  private final FeatureLayout layout;
  private final ColumnProfile[] profiles;
  private final List<List<String>> texts;
  private final FeatureRow row;
  private final SplittableRandom random = new SplittableRandom(SEED);

  RandomRows(FeatureLayout layout, DataProfile profile) {
    this.layout = layout;
    this.row = new FeatureRow(layout);
    List<FeatureColumn> columns = layout.columns();
    this.profiles =
        columns.stream()
            .map(column -> ElementColumns.first(column.name(), profile).orElse(null))
            .toArray(ColumnProfile[]::new);
    this.texts =
        columns.stream()
            .map(
                c ->
                    ElementColumns.first(c.name(), profile)
                        .map(p -> List.copyOf(p.values().keySet())))
            .map(known -> known.orElse(List.of()))
            .toList();
  }

  /** Returns a full batch of further rows. */
  FeatureBatch next(int rows) {
    FeatureBatch batch = new FeatureBatch(layout, rows);
    for (int i = 0; i < rows; i++) {
      for (int column = 0; column < profiles.length; column++) {
        fill(column);
      }
      batch.append(row);
    }
    return batch;
  }

  private void fill(int column) {
    FeatureColumn feature = layout.columns().get(column);
    int first = layout.elementOffset(column);
    for (int element = first; element < first + feature.width(); element++) {
      if (feature.type() == ElementType.STRING) {
        List<String> known = texts.get(column);
        row.setText(element, known.isEmpty() ? "" : known.get(random.nextInt(known.size())));
      } else if (feature.type().isFloating()) {
        row.setDouble(element, number(profiles[column]));
      } else {
        row.setLong(element, whole(profiles[column], feature.type()));
      }
    }
  }

  private double number(ColumnProfile profile) {
    if (profile == null || profile.finite() == 0) {
      return random.nextGaussian();
    }
    return profile.min() + random.nextDouble() * (profile.max() - profile.min());
  }

  private long whole(ColumnProfile profile, ElementType type) {
    if (profile == null || profile.finite() == 0 || type == ElementType.BOOL) {
      return random.nextInt(2);
    }
    double width = profile.max() - profile.min() + 1;
    return (long) Math.min(profile.max(), profile.min() + Math.floor(random.nextDouble() * width));
  }
}
