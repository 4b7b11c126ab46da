package dev.sluice.profile.build;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.Moments;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import java.util.Arrays;
import java.util.List;

/**
 * All values of one column of a baseline, kept until its grid can be laid: numbers as floats where
 * that is their type, which takes 4 bytes each, else as doubles; texts only as counts.
 */
final class ColumnValues {
  private static final int CHUNK = 4096;

  private final ElementType type;
  private final TextStatistics texts;
  private float[] floats = {};
  private double[] doubles = {};
  private int size;
  private long missing;

  ColumnValues(ElementType type) {
    this.type = type;
    this.texts =
        type == ElementType.STRING ? new TextStatistics(TextStatistics.DEFAULT_MAX_VALUES) : null;
  }

  void addMissing(long values) {
    missing += values;
  }

  void addTexts(String[] values, int count) {
    for (int i = 0; i < count; i++) {
      if (values[i] == null) {
        missing++;
      } else {
        texts.add(values[i]);
      }
    }
  }

  void addNumbers(double[] values, int count) {
    if (type == ElementType.FLOAT) {
      if (size + count > floats.length) {
        floats = Arrays.copyOf(floats, grown(floats.length, count));
      }
      for (int i = 0; i < count; i++) {
        floats[size + i] = (float) values[i];
      }
    } else {
      if (size + count > doubles.length) {
        doubles = Arrays.copyOf(doubles, grown(doubles.length, count));
      }
      System.arraycopy(values, 0, doubles, size, count);
    }
    size += count;
  }

  private int grown(int length, int count) {
    return Math.max(Math.addExact(size, count), (int) Math.min(2L * length, Integer.MAX_VALUE - 8));
  }

  private double number(int index) {
    return type == ElementType.FLOAT ? floats[index] : doubles[index];
  }

  /** Lays the grid through the values and counts them on it. */
  ColumnProfile toProfile(String name) {
    if (type == ElementType.STRING) {
      TextStatistics all = texts.empty();
      all.merge(texts);
      all.addMissing(missing);
      return all.toProfile(name, type, List.of());
    }
    double[] finite = new double[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      double value = number(i);
      if (Double.isFinite(value)) {
        finite[count++] = value;
      }
    }
    if (count == 0) {
      return count(Grid.universal(), Moments.DEFAULT_SCALE_EXPONENT)
          .toProfile(name, type, List.of());
    }
    Percentiles percentiles = new Percentiles(Arrays.copyOf(finite, count));
    return count(percentiles.grid(), Moments.scaleFor(percentiles.maxAbs()))
        .toProfile(name, type, percentiles.massEdges());
  }

  private NumberStatistics count(Grid grid, int scaleExponent) {
    NumberStatistics statistics = new NumberStatistics(grid, scaleExponent);
    double[] chunk = new double[Math.min(size, CHUNK)];
    for (int from = 0; from < size; from += CHUNK) {
      int count = Math.min(CHUNK, size - from);
      for (int i = 0; i < count; i++) {
        chunk[i] = number(from + i);
      }
      statistics.add(chunk, count);
    }
    statistics.addMissing(missing);
    return statistics;
  }
}
