package dev.sluice.profile.statistics;

import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;

/** Writes the statistics of some columns, each of another kind of numbers, as this JVM counts. */
final class ScalarStatistics {
  private static final int COLUMNS = 40;
  private static final int BATCH = 256;
  private static final int BATCHES = 200;

  private ScalarStatistics() {}

  /**
   * @param args the file
   */
  public static void main(String[] args) throws IOException {
    if (NumberLoops.BEST.isWide()) {
      throw new IllegalStateException(
          "numbers are counted " + NumberStatistics.instructions() + ", expected one by one");
    }
    try (OutputStream file = new FileOutputStream(args[0])) {
      write(file);
    }
  }

  static void write(OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    for (int column = 0; column < COLUMNS; column++) {
      Random random = new Random(column);
      double[] edges = random.doubles(1 + random.nextInt(150), -3, 3).sorted().distinct().toArray();
      NumberStatistics statistics = new NumberStatistics(Grid.of(edges), random.nextInt(20, 30));
      double[] numbers = new double[BATCH];
      for (int batch = 0; batch < BATCHES; batch++) {
        for (int i = 0; i < BATCH; i++) {
          numbers[i] = number(random, column);
        }
        statistics.add(numbers, BATCH - random.nextInt(20));
      }
      statistics.write(data);
    }
    data.flush();
  }

  private static double number(Random random, int column) {
    int rare = random.nextInt(500);
    if (rare < 5) {
      return new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e300, -0.0, 0.0}[rare];
    }
    return switch (column % 4) {
      case 0 -> random.nextGaussian();
      case 1 -> (float) random.nextGaussian();
      case 2 -> random.nextInt(200) / 50.0 - 2;
      default -> Math.exp(3 * random.nextGaussian());
    };
  }
}
