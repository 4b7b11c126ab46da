package dev.sluice.cli.drift;

import dev.sluice.cli.drift.SampleOptions.Type;
import dev.sluice.drift.WeightedValues;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads counts, {@code value,count}: every value is a category; where all are numbers, their order
 * counts, too. A value that is there twice has the sum; an empty one is missing; a count may have a
 * fraction, since scaled counts have.
 */
final class CountReader {
  private final Rows rows;
  private final String file;
  private final TreeMap<String, Double> counts = new TreeMap<>();
  private double missing;

  CountReader(Rows rows, String file) {
    this.rows = rows;
    this.file = file;
  }

  /** Returns whether a row has a name in the place of the count. */
  static boolean isHeader(Row row) {
    return row.cells().size() == 2 && NumberCell.mayBeHeader(row.cell(1));
  }

  Sample read(boolean header, Type type) {
    String name = header ? name(rows.next().cell(0)) : "";
    for (Row row = rows.next(); row != null; row = rows.next()) {
      if (row.isBlank()) {
        continue;
      }
      if (row.cells().size() != 2) {
        throw new IllegalArgumentException(
            "%s line %d has %d cells, expected value,count"
                .formatted(file, row.line(), row.cells().size()));
      }
      String value = row.cell(0);
      double count = count(row, 1, file);
      if (value.isEmpty()) {
        missing += count;
      } else {
        requireNumber(row, type);
        counts.merge(value, count, Double::sum);
        ValueReader.requireFew(counts.size(), file);
      }
    }
    boolean numbers =
        type == Type.NUMBER
            || type == Type.AUTO
                && !counts.isEmpty()
                && counts.keySet().stream().allMatch(NumberCell::is);
    return numbers ? numbers(name) : new Sample.Texts(true, name, "", counts, missing);
  }

  private void requireNumber(Row row, Type type) {
    if (type == Type.NUMBER && !NumberCell.is(row.cell(0))) {
      throw new IllegalArgumentException(
          "%s line %d: the value is '%s', expected a number"
              .formatted(file, row.line(), row.cell(0)));
    }
  }

  private static String name(String header) {
    return header.equals("value") ? "" : header;
  }

  /** Returns the count in a cell. */
  static double count(Row row, int cell, String file) {
    Double count = NumberCell.parse(row.cell(cell));
    if (count == null || !(count >= 0 && count <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "%s line %d: the count is '%s', expected a number of 0 or more"
              .formatted(file, row.line(), row.cell(cell)));
    }
    return count;
  }

  private Sample numbers(String name) {
    TreeMap<Double, Double> numbers = new TreeMap<>();
    double nan = 0;
    for (Map.Entry<String, Double> count : counts.entrySet()) {
      double value = NumberCell.parse(count.getKey()) + 0.0; // -0.0 becomes 0.0
      if (Double.isNaN(value)) {
        nan += count.getValue();
      } else {
        numbers.merge(value, count.getValue(), Double::sum);
      }
    }
    return new Sample.Numbers(true, name, WeightedValues.of(numbers), nan, missing);
  }
}
