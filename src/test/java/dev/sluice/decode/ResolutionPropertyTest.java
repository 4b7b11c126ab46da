package dev.sluice.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random writers and readers: Avro's own reader says which values come of it, and what is refused.
 * It is given readers that take null everywhere, since null where the reader has none is a missing
 * value here.
 */
@Timeout(120)
class ResolutionPropertyTest {
  private static final int ARRAY_WIDTH = 2;

  private int read;
  private int refusedRecords;
  private int refusedSchemas;
  private int eventTimes;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void readsWhatAvroReadsAndRefusesWhatAvroRefuses(long seed) throws Exception {
    RandomAvro avro = new RandomAvro(seed);
    EvolvedSchemas evolved = new EvolvedSchemas(seed);
    for (int i = 0; i < 400; i++) {
      Schema writer = avro.record(3);
      Schema reader = evolved.reader(writer);
      FeatureLayout layout = columns(reader);
      List<GenericRecord> records = new ArrayList<>();
      for (int n = 0; n < 12; n++) {
        records.add(avro.datum(writer));
      }
      compare(writer, reader, layout, records);
      compareEventTimes(writer, reader, records);
    }
    assertThat(read).as("records read").isGreaterThan(1_000);
    assertThat(refusedRecords).as("records refused").isGreaterThan(50);
    assertThat(refusedSchemas).as("schemas refused").isGreaterThan(20);
    assertThat(eventTimes).as("event times read").isGreaterThan(500);
  }

  private void compare(
      Schema writer, Schema reader, FeatureLayout layout, List<GenericRecord> records)
      throws MalformedRecordException {
    Set<String> wanted = new LinkedHashSet<>();
    layout.columns().forEach(column -> wanted.add(column.name()));
    Schema oracle = nullable(ReaderProjection.of(reader, wanted), "", wanted);
    RowDecoder decoder;
    try {
      decoder = RowDecoder.compile(writer, reader, layout, "");
    } catch (IncompatibleSchemaException e) {
      refusedSchemas++;
      for (GenericRecord record : records) {
        // Avro complains of an array's items only once there are any.
        if (oracle(writer, oracle, record) != null && !record.toString().contains("[]")) {
          fail("%s%nread as %s%nrefused: %s%nbut Avro reads %s", writer, oracle, e, record);
        }
      }
      return;
    }
    FeatureRow row = new FeatureRow(layout);
    for (GenericRecord record : records) {
      GenericRecord expected = oracle(writer, oracle, record);
      try {
        decoder.decode(AvroRecords.encoded(AvroRecords.write(record)), row);
      } catch (MalformedRecordException e) {
        assertThat(e.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA);
        if (expected != null) {
          fail("%s%nread as %s%nrefused: %s%nbut Avro reads %s", writer, oracle, e, record);
        }
        refusedRecords++;
        continue;
      }
      if (expected == null) {
        fail("%s%nread as %s%nread, but Avro refuses %s", writer, oracle, record);
      }
      read++;
      for (int column = 0; column < layout.columns().size(); column++) {
        assertColumn(oracle, layout, column, row, expected);
      }
    }
  }

  private void compareEventTimes(Schema writer, Schema reader, List<GenericRecord> records)
      throws MalformedRecordException {
    for (String path : paths(reader)) {
      if (!canHoldAnEventTime(reader, path)) {
        continue;
      }
      RowDecoder decoder;
      try {
        decoder = RowDecoder.compile(writer, reader, EventTimeReader.NO_COLUMNS, path);
      } catch (IncompatibleSchemaException e) {
        assertThat(e.problems()).isNotEmpty();
        continue;
      }
      EventTimeReader times = EventTimeReader.compile(writer, reader, path, new BinaryCursor());
      FeatureRow row = new FeatureRow(EventTimeReader.NO_COLUMNS);
      for (GenericRecord record : records) {
        byte[] bytes = AvroRecords.write(record);
        try {
          decoder.decode(AvroRecords.encoded(bytes), row);
        } catch (MalformedRecordException e) {
          continue;
        }
        assertThat(times.read(AvroRecords.encoded(bytes))).isEqualTo(row.eventTime());
        eventTimes++;
      }
    }
  }

  private static List<String> paths(Schema schema) {
    List<String> paths = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      paths.add(field.name());
    }
    return paths;
  }

  private static boolean canHoldAnEventTime(Schema schema, String path) {
    try {
      FeatureFields.requireEventTime(schema, path);
      return !schema.getField(path).schema().toString().contains("string");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Returns what Avro reads, null where it refuses. Zeros follow the record: Avro 1.12.2 wants as
   * many bytes for an array's items as the reader's type would take, where the writer's took less.
   */
  private static GenericRecord oracle(Schema writer, Schema reader, GenericRecord record) {
    byte[] bytes = AvroRecords.write(record);
    try {
      return new GenericDatumReader<GenericRecord>(writer, reader)
          .read(
              null,
              DecoderFactory.get().binaryDecoder(Arrays.copyOf(bytes, bytes.length + 1000), null));
    } catch (AvroRuntimeException | IOException e) {
      return null;
    }
  }

  /** Returns a reader that takes null for what is wanted, for items, and around it. */
  private static Schema nullable(Schema schema, String path, Set<String> wanted) {
    boolean leaf = wanted.contains(path);
    Schema inner =
        switch (schema.getType()) {
          case RECORD -> {
            List<Schema.Field> fields = new ArrayList<>();
            for (Schema.Field field : schema.getFields()) {
              String child = FeatureFields.child(path, field.name());
              fields.add(new Schema.Field(field, nullable(field.schema(), child, wanted)));
            }
            yield Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
          }
          case UNION -> {
            List<Schema> types = new ArrayList<>();
            for (Schema type : schema.getTypes()) {
              boolean whole = type.getType() != Schema.Type.NULL;
              types.add(whole ? part(type, path, wanted) : type);
            }
            yield Schema.createUnion(types);
          }
          case ARRAY -> leaf ? Schema.createArray(orNull(schema.getElementType())) : schema;
          default -> schema;
        };
    return path.isEmpty() ? inner : orNull(inner);
  }

  /** A branch of a union, which takes null already or is given it around the union. */
  private static Schema part(Schema branch, String path, Set<String> wanted) {
    return nullable(branch, path, wanted).getTypes().get(0);
  }

  private static Schema orNull(Schema schema) {
    if (schema.getType() == Schema.Type.NULL) {
      return schema;
    }
    if (schema.getType() != Schema.Type.UNION) {
      return Schema.createUnion(schema, Schema.create(Schema.Type.NULL));
    }
    if (schema.isNullable()) {
      return schema;
    }
    List<Schema> types = new ArrayList<>(schema.getTypes());
    types.add(Schema.create(Schema.Type.NULL));
    return Schema.createUnion(types);
  }

  private static FeatureLayout columns(Schema reader) {
    List<FeatureColumn> columns = new ArrayList<>();
    for (String path : FeatureFields.scalars(reader)) {
      columns.add(FeatureFields.column(reader, path, 1));
    }
    for (String path : FeatureFields.arrays(reader)) {
      columns.add(FeatureFields.column(reader, path, ARRAY_WIDTH));
    }
    return AvroRecords.layout(columns);
  }

  private static void assertColumn(
      Schema schema, FeatureLayout layout, int column, FeatureRow row, GenericRecord record) {
    FeatureColumn feature = layout.columns().get(column);
    Schema type = schema;
    Object value = record;
    for (String name : feature.name().split("\\.")) {
      type = record(type).getField(name).schema();
      value = value == null ? null : ((GenericRecord) value).get(name);
    }
    int element = layout.elementOffset(column);
    if (!(value instanceof List<?> items)) {
      assertThat(row.isMissing(column)).as("%s is %s", feature, value).isEqualTo(value == null);
      if (value != null) {
        assertElement(feature, type, row, element, value);
      }
      return;
    }
    boolean nulls = items.contains(null) && feature.type().isIntegral();
    boolean wrong = items.size() != ARRAY_WIDTH || nulls;
    assertThat(row.isMissing(column)).as("%s is %s", feature, value).isEqualTo(wrong);
    Schema itemType = array(type).getElementType();
    for (int i = 0; i < ARRAY_WIDTH && !wrong; i++) {
      if (items.get(i) != null) {
        assertElement(feature, itemType, row, element + i, items.get(i));
      }
    }
  }

  private static Schema record(Schema schema) {
    return of(Schema.Type.RECORD, schema);
  }

  private static Schema array(Schema schema) {
    return of(Schema.Type.ARRAY, schema);
  }

  private static Schema of(Schema.Type wanted, Schema schema) {
    return schema.getType() == wanted
        ? schema
        : schema.getTypes().stream().filter(s -> s.getType() == wanted).findFirst().orElseThrow();
  }

  private static void assertElement(
      FeatureColumn feature, Schema type, FeatureRow row, int element, Object value) {
    switch (feature.type()) {
      case FLOAT, DOUBLE ->
          assertThat(row.doubleAt(element)).as("%s", feature).isEqualTo(number(type, value));
      case INT32, INT64, BOOL ->
          assertThat(row.longAt(element)).as("%s", feature).isEqualTo(whole(value));
      default -> assertThat(row.textAt(element)).as("%s", feature).isEqualTo(value.toString());
    }
  }

  private static long whole(Object value) {
    return value instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) value).longValue();
  }

  private static Double number(Schema schema, Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    boolean fixed = value instanceof GenericFixed;
    Schema decimal =
        schema.getLogicalType() == null && schema.getType() == Schema.Type.UNION
            ? of(fixed ? Schema.Type.FIXED : Schema.Type.BYTES, schema)
            : schema;
    byte[] unscaled = fixed ? ((GenericFixed) value).bytes() : ((ByteBuffer) value).array();
    int scale = ((LogicalTypes.Decimal) decimal.getLogicalType()).getScale();
    return new BigDecimal(new BigInteger(unscaled), scale).doubleValue();
  }
}
