package dev.sluice.cli.drift;

import dev.sluice.cli.drift.SampleOptions.Type;
import java.util.List;

/**
 * Reads a file of cells: the values of one column, one per line; counts, {@code value,count}; or
 * buckets, {@code low,high,count} or {@code [low,high],count}. A header may stand above each.
 */
final class SampleReader {
  private static final int LOOKED_AT = 3;

  private SampleReader() {}

  /**
   * Reads all rows.
   *
   * @param name of the file, for messages
   * @throws IllegalArgumentException if there are none, or one is not as expected
   */
  static Sample read(Rows rows, String name, SampleOptions options) {
    List<Row> head = rows.head();
    if (head.isEmpty()) {
      throw new IllegalArgumentException(
          name + " is empty, expected values, counts, buckets or a data profile");
    }
    List<Row> first = head.subList(0, Math.min(LOOKED_AT, head.size()));
    int cells = first.stream().mapToInt(row -> row.cells().size()).max().orElse(1);
    if (cells == 3 || first.stream().anyMatch(BucketReader::isInterval)) {
      boolean header = header(options, BucketReader.isHeader(head.get(0)));
      return new BucketReader(rows, name).read(header);
    }
    if (cells == 2) {
      boolean header = header(options, CountReader.isHeader(head.get(0)));
      return new CountReader(rows, name).read(header, options.type());
    }
    if (cells > 3) {
      throw new IllegalArgumentException(
          name
              + " has "
              + cells
              + " columns, expected one of values, two of value,count or three of low,high,count");
    }
    return values(rows, head, name, options);
  }

  private static boolean header(SampleOptions options, boolean found) {
    return options.header() == null ? found : options.header();
  }

  private static Sample values(Rows rows, List<Row> head, String name, SampleOptions options) {
    boolean below =
        head.size() > 1
            && head.stream().skip(1).anyMatch(row -> !row.isBlank())
            && head.stream().skip(1).allMatch(SampleReader::isNumberOrBlank);
    boolean numbers =
        switch (options.type()) {
          case NUMBER -> true;
          case TEXT -> false;
          case AUTO -> head.size() == 1 ? isNumberOrBlank(head.get(0)) : below;
        };
    boolean found = numbers && NumberCell.mayBeHeader(head.get(0).cell(0));
    boolean header = header(options, found);
    ValueReader reader = new ValueReader(rows, name);
    return numbers ? reader.numbers(header) : reader.texts(header, options.header() == null);
  }

  private static boolean isNumberOrBlank(Row row) {
    return row.isBlank() || NumberCell.is(row.cell(0));
  }

  /** Returns whether a message may say that texts can be asked for. */
  static String hint(Type type) {
    return type == Type.NUMBER ? "" : "; --type text takes every value as a text";
  }
}
