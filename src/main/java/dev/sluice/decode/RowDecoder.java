package dev.sluice.decode;

import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Decodes records of one writer schema into rows of one layout: the schema is walked once, and what
 * remains is a sequence of small readers. Not thread-safe.
 */
public final class RowDecoder {
  private final FieldReader record;
  private final boolean hasEventTime;
  private final BinaryCursor cursor = new BinaryCursor();

  private RowDecoder(FieldReader record, boolean hasEventTime) {
    this.record = record;
    this.hasEventTime = hasEventTime;
  }

  /**
   * @param writer the schema that the records were written with
   * @param layout the columns wanted
   * @param eventTimeField dotted path of the event time, empty for Kafka's timestamp
   * @throws IllegalArgumentException if a wanted field is not there or has a type that cannot be
   *     read as its column
   */
  public static RowDecoder compile(Schema writer, FeatureLayout layout, String eventTimeField) {
    for (FeatureColumn column : layout.columns()) {
      FeatureFields.requireReadable(writer, column);
    }
    if (!eventTimeField.isEmpty()) {
      FeatureFields.require(writer, eventTimeField);
    }
    FieldReader record = new Compiler(layout, eventTimeField).compile(writer, "");
    return new RowDecoder(record, !eventTimeField.isEmpty());
  }

  /**
   * Decodes one record.
   *
   * @param row overwritten with the record's values; its event time is {@link
   *     DeadLetter#NO_EVENT_TIME} where the field is null
   * @throws MalformedRecordException if the bytes are not exactly one record of the schema
   */
  public void decode(EncodedRecord source, FeatureRow row) throws MalformedRecordException {
    row.reset(source);
    if (hasEventTime) {
      row.setEventTime(DeadLetter.NO_EVENT_TIME);
    }
    cursor.reset(source.value());
    record.read(cursor, row);
    if (cursor.remaining() > 0) {
      throw new MalformedRecordException(
          Reason.TRAILING_BYTES,
          "record ends at byte "
              + cursor.position()
              + ", but "
              + cursor.remaining()
              + " bytes follow");
    }
  }

  /** Walks a schema and picks a reader per field. */
  private record Compiler(FeatureLayout layout, String eventTimeField) {

    FieldReader compile(Schema schema, String path) {
      if (schema.getType() == Schema.Type.NULL) {
        return SkipReader.of(schema);
      }
      if (path.equals(eventTimeField) && !path.isEmpty() && schema.getType() != Schema.Type.UNION) {
        int column = layout.indexOf(path);
        return new EventTimeFieldReader(
            path, schema, column, column < 0 ? -1 : layout.elementOffset(column));
      }
      int column = layout.indexOf(path);
      if (column >= 0 && !path.equals(eventTimeField)) {
        return columnReader(schema, column);
      }
      if (!isWanted(path)) {
        return SkipReader.of(schema);
      }
      return switch (schema.getType()) {
        case RECORD -> {
          List<FieldReader> fields = new ArrayList<>();
          for (int i = 0; i < schema.getFields().size(); i++) {
            int run = floatRun(schema, i, path);
            if (run > 1) {
              int first = layout.indexOf(childPath(schema, i, path));
              fields.add(new FloatRunReader(first, layout.elementOffset(first), run));
              i += run - 1;
            } else {
              fields.add(compile(schema.getFields().get(i).schema(), childPath(schema, i, path)));
            }
          }
          yield new SequenceReader(fields.toArray(new FieldReader[0]));
        }
        case UNION ->
            new BranchReader(
                schema.getTypes().stream().map(s -> compile(s, path)).toArray(FieldReader[]::new));
        default -> SkipReader.of(schema);
      };
    }

    private static String childPath(Schema record, int field, String path) {
      return FeatureFields.child(path, record.getFields().get(field).name());
    }

    /** Returns how many fields, from one on, are floats that go to neighbouring scalar columns. */
    private int floatRun(Schema record, int first, String path) {
      int start = layout.indexOf(childPath(record, first, path));
      int run = 0;
      while (start >= 0
          && first + run < record.getFields().size()
          && record.getFields().get(first + run).schema().getType() == Schema.Type.FLOAT
          && layout.indexOf(childPath(record, first + run, path)) == start + run
          && layout.columns().get(start + run).width() == 1
          && layout.columns().get(start + run).type().isFloating()
          && !childPath(record, first + run, path).equals(eventTimeField)) {
        run++;
      }
      return run;
    }

    /** Whether the field, or one nested in it, is a column or the event time. */
    private boolean isWanted(String path) {
      if (path.isEmpty() || eventTimeField.equals(path) || eventTimeField.startsWith(path + ".")) {
        return true;
      }
      return layout.columns().stream().anyMatch(c -> c.name().startsWith(path + "."));
    }

    private FieldReader columnReader(Schema schema, int column) {
      FeatureColumn feature = layout.columns().get(column);
      int element = layout.elementOffset(column);
      if (schema.getType() == Schema.Type.NULL) {
        return SkipReader.of(schema); // the column stays missing
      }
      if (schema.getType() == Schema.Type.ARRAY) {
        FeatureColumn nested = ArrayNesting.column(feature, ArrayNesting.depth(schema));
        ItemReader items = new ItemReader(ArrayNesting.items(schema), feature.type());
        return new ArrayReader(nested, column, element, items);
      }
      int nullBranch = ColumnReader.nullBranch(schema);
      if (nullBranch >= 0) {
        Schema value = schema.getTypes().get(1 - nullBranch);
        if (value.getType() != Schema.Type.ARRAY) {
          return new ColumnReader(
              column, nullBranch, new ScalarReader(value, feature.type(), element));
        }
      }
      if (schema.getType() == Schema.Type.UNION) {
        return new BranchReader(
            schema.getTypes().stream()
                .map(s -> columnReader(s, column))
                .toArray(FieldReader[]::new));
      }
      return new ColumnReader(column, -1, new ScalarReader(schema, feature.type(), element));
    }
  }
}
