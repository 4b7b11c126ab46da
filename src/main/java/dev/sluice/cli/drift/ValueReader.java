package dev.sluice.cli.drift;

import dev.sluice.cli.drift.SampleOptions.Type;
import dev.sluice.drift.WeightedValues;
import java.util.Arrays;
import java.util.TreeMap;

/** Reads values, one per line; an empty line is a missing one. */
final class ValueReader {
  /** So many numbers are read at most: 8 bytes each. */
  private static final int MAX_NUMBERS = 100_000_000;

  /** So many distinct texts are counted at most. */
  static final int MAX_DISTINCT = 1_000_000;

  private final Rows rows;
  private final String file;
  private long missing;

  ValueReader(Rows rows, String file) {
    this.rows = rows;
    this.file = file;
  }

  Sample numbers(boolean header) {
    String name = header ? rows.next().cell(0) : "";
    double[] numbers = new double[1024];
    int count = 0;
    long nan = 0;
    for (Row row = rows.next(); row != null; row = rows.next()) {
      String cell = single(row);
      if (cell.isEmpty()) {
        missing++;
        continue;
      }
      Double number = NumberCell.parse(cell);
      if (number == null) {
        throw new IllegalArgumentException(
            "%s line %d: the value is '%s', expected a number%s"
                .formatted(file, row.line(), cell, SampleReader.hint(Type.AUTO)));
      }
      if (number.isNaN()) {
        nan++;
        continue;
      }
      if (count == MAX_NUMBERS) {
        throw new IllegalArgumentException(
            "%s has more numbers than expected, at most %,d: make data profiles of such data"
                .formatted(file, MAX_NUMBERS));
      }
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, (int) Math.min(2L * count, MAX_NUMBERS));
      }
      numbers[count++] = number;
    }
    return new Sample.Numbers(false, name, WeightedValues.of(numbers, count), nan, missing);
  }

  /**
   * @param guess whether the first text may be a header
   */
  Sample texts(boolean header, boolean guess) {
    String name = header ? rows.next().cell(0) : "";
    String first = "";
    TreeMap<String, Double> counts = new TreeMap<>();
    for (Row row = rows.next(); row != null; row = rows.next()) {
      String cell = single(row);
      if (cell.isEmpty()) {
        missing++;
        continue;
      }
      first = counts.isEmpty() && missing == 0 && guess ? cell : first;
      counts.merge(cell, 1.0, Double::sum);
      requireFew(counts.size(), file);
    }
    return new Sample.Texts(false, name, first, counts, missing);
  }

  private String single(Row row) {
    if (row.cells().size() > 1) {
      throw new IllegalArgumentException(
          "%s line %d has %d cells, expected one value (in quotes where it has a comma)"
              .formatted(file, row.line(), row.cells().size()));
    }
    return row.cell(0);
  }

  static void requireFew(int distinct, String file) {
    if (distinct > MAX_DISTINCT) {
      throw new IllegalArgumentException(
          "%s has more distinct values than expected, at most %,d".formatted(file, MAX_DISTINCT));
    }
  }
}
