package dev.sluice.cli.profile;

import dev.sluice.cli.score.Split;
import dev.sluice.decode.FeatureFields;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;

/**
 * How many elements the arrays of a data set have: where no model says how long they are, a pass
 * over the rows does.
 *
 * @param least the fewest elements of an array, 0 or more
 * @param most the most elements of an array, at least 1, also where there is none
 */
record ArrayLengths(int least, int most) {
  /** So long an array may be. */
  static final int MAX = 1 << 16;

  private static final ArrayLengths NONE = new ArrayLengths(Integer.MAX_VALUE, 1);

  /** Returns whether there are arrays, and all of them have as many elements. */
  boolean areFixed() {
    return least == most;
  }

  /** Returns the same lengths where others are possible, though there were none. */
  ArrayLengths varying() {
    return new ArrayLengths(0, most);
  }

  private ArrayLengths and(int length) {
    return new ArrayLengths(Math.min(least, length), Math.max(most, length));
  }

  /**
   * Returns the lengths per array field, in the schema's order; reads the rows only where there are
   * such fields. Missing arrays have none.
   *
   * @param position takes how much has been read
   * @throws IllegalArgumentException if an array has more elements than {@value #MAX}
   */
  static Map<String, ArrayLengths> of(RowSource source, Split split, LongConsumer position)
      throws IOException {
    Map<String, ArrayLengths> lengths = new LinkedHashMap<>();
    FeatureFields.arrays(source.schema()).forEach(field -> lengths.put(field, NONE));
    if (lengths.isEmpty()) {
      return lengths;
    }
    Set<String> names =
        lengths.keySet().stream().map(path -> path.split("\\.", -1)[0]).collect(Collectors.toSet());
    try (RecordFields fields = source.fields(names);
        SourceRows rows = source.open(split)) {
      for (SourceRow row = rows.next(); row != null; row = rows.next()) {
        position.accept(rows.position());
        GenericRecord record = row.isMalformed() ? null : fields.of(row.record());
        if (record == null) {
          continue; // the pass that profiles says so
        }
        for (Map.Entry<String, ArrayLengths> entry : lengths.entrySet()) {
          int length = length(record, entry.getKey(), rows);
          if (length >= 0) {
            entry.setValue(entry.getValue().and(length));
          }
        }
      }
    }
    return lengths;
  }

  /** Returns how many elements an array has, -1 where it is missing. */
  private static int length(GenericRecord record, String field, SourceRows rows) {
    Object value = record;
    for (String name : field.split("\\.", -1)) {
      value = value == null ? null : ((GenericRecord) value).get(name);
    }
    int length = value == null ? -1 : ((Collection<?>) value).size();
    if (length > MAX) {
      throw new IllegalArgumentException(
          "%s: array %s has %d elements, expected at most %d"
              .formatted(rows.place(), field, length, MAX));
    }
    return length;
  }
}
