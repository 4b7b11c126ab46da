package dev.sluice.cli.profile;

import dev.sluice.cli.score.Split;
import dev.sluice.decode.FeatureFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

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
    GenericDatumReader<GenericRecord> reader =
        new GenericDatumReader<>(
            source.schema(), onlyThose(source.schema(), lengths.keySet()), new GenericData());
    BinaryDecoder decoder = null;
    GenericRecord record = null;
    try (SourceRows rows = source.open(split)) {
      for (SourceRow row = rows.next(); row != null; row = rows.next()) {
        position.accept(rows.position());
        if (row.isMalformed() || row.record().value() == null) {
          continue; // the pass that profiles says so
        }
        decoder = DecoderFactory.get().binaryDecoder(row.record().value(), decoder);
        try {
          record = reader.read(record, decoder);
        } catch (IOException | AvroRuntimeException e) {
          continue;
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

  /** Returns the schema with the top-level fields alone that the paths go through. */
  private static Schema onlyThose(Schema schema, Collection<String> paths) {
    var names = paths.stream().map(path -> path.split("\\.", -1)[0]).collect(Collectors.toSet());
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      if (names.contains(field.name())) {
        fields.add(new Schema.Field(field, field.schema()));
      }
    }
    return Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
  }
}
