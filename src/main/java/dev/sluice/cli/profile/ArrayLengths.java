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
 * How many elements the arrays of a data set have at most: where no model says how long they are, a
 * pass over the rows does.
 */
final class ArrayLengths {
  /** So long an array may be. */
  static final int MAX = 1 << 16;

  private ArrayLengths() {}

  /**
   * Returns the most elements per array field, 1 or more, in the schema's order; reads the rows
   * only where there are such fields.
   *
   * @param position takes how much has been read
   * @throws IllegalArgumentException if an array has more elements than {@value #MAX}
   */
  static Map<String, Integer> of(RowSource source, Split split, LongConsumer position)
      throws IOException {
    Map<String, Integer> lengths = new LinkedHashMap<>();
    FeatureFields.arrays(source.schema()).forEach(field -> lengths.put(field, 1));
    if (lengths.isEmpty()) {
      return lengths;
    }
    Set<String> names =
        lengths.keySet().stream().map(path -> path.split("\\.", -1)[0]).collect(Collectors.toSet());
    RecordFields fields = new RecordFields(source.schema(), names);
    try (SourceRows rows = source.open(split)) {
      for (SourceRow row = rows.next(); row != null; row = rows.next()) {
        position.accept(rows.position());
        GenericRecord record = row.isMalformed() ? null : fields.of(row.record());
        if (record == null) {
          continue; // the pass that profiles says so
        }
        for (Map.Entry<String, Integer> entry : lengths.entrySet()) {
          entry.setValue(Math.max(entry.getValue(), length(record, entry.getKey(), rows)));
        }
      }
    }
    return lengths;
  }

  private static int length(GenericRecord record, String field, SourceRows rows) {
    Object value = record;
    for (String name : field.split("\\.", -1)) {
      value = value == null ? null : ((GenericRecord) value).get(name);
    }
    int length = value == null ? 0 : ((Collection<?>) value).size();
    if (length > MAX) {
      throw new IllegalArgumentException(
          "%s: array %s has %d elements, expected at most %d"
              .formatted(rows.place(), field, length, MAX));
    }
    return length;
  }
}
