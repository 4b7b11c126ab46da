package dev.sluice.cli.drift;

import dev.sluice.drift.Bucket;
import dev.sluice.drift.Buckets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a histogram: {@code low,high,count} or {@code [low,high],count} per bucket, or {@code
 * [low,high]:count}; {@code NaN,count} for values that are NaN.
 */
final class BucketReader {
  private static final int MAX_BUCKETS = 1_000_000;
  private static final Pattern INTERVAL =
      Pattern.compile("\\s*[\\[(]([^\\[\\](),:]++),([^\\[\\](),:]++)[\\])]\\s*[:,]([^,:]++)");
  private static final Pattern NAN =
      Pattern.compile("(?i)\\s*nan\\s*(?:,\\s*(?:nan)?\\s*)?[:,](.*)");

  private final Rows rows;
  private final String file;
  private final List<Bucket> buckets = new ArrayList<>();
  private double nan;

  BucketReader(Rows rows, String file) {
    this.rows = rows;
    this.file = file;
  }

  /** Returns whether a row is a bucket in brackets, with its count. */
  static boolean isInterval(Row row) {
    Matcher interval = INTERVAL.matcher(String.join(",", row.cells()));
    return interval.matches()
        && NumberCell.is(interval.group(1))
        && NumberCell.is(interval.group(2));
  }

  /** Returns whether a row is neither a bucket nor NaN. */
  static boolean isHeader(Row row) {
    boolean named = row.cells().stream().noneMatch(NumberCell::is);
    return named && !isInterval(row) && !nanMatcher(row).matches();
  }

  private static Matcher nanMatcher(Row row) {
    return NAN.matcher(String.join(",", row.cells()));
  }

  Sample read(boolean header) {
    if (header) {
      rows.next();
    }
    for (Row row = rows.next(); row != null; row = rows.next()) {
      if (!row.isBlank()) {
        add(row);
      }
    }
    try {
      return new Sample.Histogram(Buckets.of(buckets, nan));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private void add(Row row) {
    Matcher interval = INTERVAL.matcher(String.join(",", row.cells()));
    Matcher isNan = nanMatcher(row);
    if (isNan.matches()) {
      nan += CountReader.count(new Row(row.line(), List.of(isNan.group(1))), 0, file);
      return;
    }
    Row bucket =
        interval.matches()
            ? new Row(row.line(), List.of(interval.group(1), interval.group(2), interval.group(3)))
            : row;
    if (bucket.cells().size() != 3) {
      throw new IllegalArgumentException(
          "%s line %d has %d cells, expected low,high,count or NaN,count"
              .formatted(file, row.line(), row.cells().size()));
    }
    if (buckets.size() == MAX_BUCKETS) {
      throw new IllegalArgumentException(
          "%s has more buckets than expected, at most %,d".formatted(file, MAX_BUCKETS));
    }
    double low = bound(bucket, 0);
    double high = bound(bucket, 1);
    double count = CountReader.count(bucket, 2, file);
    try {
      buckets.add(new Bucket(low, high, count));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s line %d: %s".formatted(file, row.line(), e.getMessage()), e);
    }
  }

  private double bound(Row row, int cell) {
    Double bound = NumberCell.parse(row.cell(cell));
    if (bound == null || bound.isNaN()) {
      throw new IllegalArgumentException(
          "%s line %d: the bound is '%s', expected a number"
              .formatted(file, row.line(), row.cell(cell)));
    }
    return bound;
  }
}
