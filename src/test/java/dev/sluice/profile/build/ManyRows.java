package dev.sluice.profile.build;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import java.util.List;

/** A program that profiles rows it makes up, more than fit into its memory. */
final class ManyRows {
  static final int ROWS = 3_000_000;

  /** Has no divisor in common with the number of rows, so that every number comes once. */
  private static final long STEP = 1_618_033;

  private static final FeatureLayout LAYOUT =
      new FeatureLayout(
          List.of(
              new FeatureColumn("number", ElementType.DOUBLE, 1),
              new FeatureColumn("few", ElementType.DOUBLE, 1),
              new FeatureColumn("nan", ElementType.DOUBLE, 1),
              new FeatureColumn("missing", ElementType.DOUBLE, 1)),
          List.of());

  private ManyRows() {}

  /**
   * Prints the statistics of each column.
   *
   * @param arguments none, or how many bytes of values are kept before they go to a file
   */
  public static void main(String[] arguments) {
    Spill spill =
        arguments.length == 0
            ? new Spill()
            : new Spill(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[0]));
    try (ProfileBuilder builder = new ProfileBuilder(LAYOUT, PartOptions.NONE, spill)) {
      EncodedRecord source = new EncodedRecord("f", 0, 0, 0, null, new byte[0], Header.NONE);
      FeatureRow row = new FeatureRow(LAYOUT);
      FeatureBatch batch = new FeatureBatch(LAYOUT, 256);
      for (int i = 0; i < ROWS; i++) {
        long number = i * STEP % ROWS;
        row.reset(source);
        set(row, 0, number);
        set(row, 1, number % 1000);
        set(row, 2, number % 10 == 0 ? Double.NaN : number);
        set(row, 3, number / 2.0);
        row.setMissing(3, number % 4 == 0);
        batch.append(row);
        if (batch.size() == batch.capacity() || i == ROWS - 1) {
          builder.addInputs(batch);
          batch.clear();
        }
      }
      print(builder.build("", "", "", "many", "", "UTC", "test"));
    }
  }

  private static void set(FeatureRow row, int column, double value) {
    row.setMissing(column, false);
    row.setDouble(column, value);
  }

  private static void print(DataProfile profile) {
    for (ColumnProfile column : profile.columns()) {
      System.out.printf(
          "%s missing=%d nan=%d min=%s max=%s mean=%s distinct=%s%n",
          column.name(),
          column.missing(),
          column.nan(),
          column.min(),
          column.max(),
          column.mean(),
          column.distinct().estimate());
      System.out.println(column.quantile(0.5).value() + " " + column.quantile(0.5).errorBound());
    }
  }
}
