package dev.sluice.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random schemas and records: Avro's own writer and reader say what is right. */
@Timeout(120)
class RowDecoderPropertyTest {
  private static final int ARRAY_WIDTH = 2;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void decodesWhatAvroReads(long seed) throws Exception {
    RandomAvro avro = new RandomAvro(seed);
    Random random = new Random(seed);
    int compared = 0;
    for (int i = 0; i < 200; i++) {
      Schema schema = avro.record(3);
      FeatureLayout layout = someColumns(schema, random);
      RowDecoder decoder = RowDecoder.compile(schema, layout, "");
      FeatureRow row = new FeatureRow(layout);
      for (int n = 0; n < 20; n++) {
        GenericRecord written = avro.datum(schema);
        byte[] bytes =
            random.nextBoolean() ? AvroRecords.write(written) : AvroRecords.writeBlocks(written);
        decoder.decode(AvroRecords.encoded(bytes), row);
        GenericRecord expected = AvroRecords.read(schema, bytes);
        for (int column = 0; column < layout.columns().size(); column++) {
          assertColumn(schema, layout, column, row, expected);
          compared++;
        }
      }
    }
    assertThat(compared).as("columns compared").isGreaterThan(1000);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void refusesEveryTruncation(long seed) {
    RandomAvro avro = new RandomAvro(seed);
    Random random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      Schema schema = avro.record(2);
      FeatureLayout layout = someColumns(schema, random);
      RowDecoder decoder = RowDecoder.compile(schema, layout, "");
      FeatureRow row = new FeatureRow(layout);
      byte[] bytes = AvroRecords.write(avro.datum(schema));
      for (int length = 0; length < bytes.length; length++) {
        EncodedRecord cut = AvroRecords.encoded(Arrays.copyOf(bytes, length));
        assertThatThrownBy(() -> decoder.decode(cut, row))
            .as("%d of %d bytes of %s", length, bytes.length, schema)
            .isInstanceOf(MalformedRecordException.class);
      }
    }
  }

  @Test
  void refusesTrailingBytes() {
    RandomAvro avro = new RandomAvro(21);
    for (int i = 0; i < 100; i++) {
      Schema schema = avro.record(2);
      FeatureLayout layout = someColumns(schema, new Random(i));
      byte[] bytes = AvroRecords.write(avro.datum(schema));
      assertThatThrownBy(
              () -> AvroRecords.decode(schema, layout, "", Arrays.copyOf(bytes, bytes.length + 3)))
          .isInstanceOfSatisfying(
              MalformedRecordException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.TRAILING_BYTES))
          .hasMessage("record ends at byte " + bytes.length + ", but 3 bytes follow");
    }
  }

  @Test
  void decodesOrRefusesWhateverTheBytes() {
    RandomAvro avro = new RandomAvro(31);
    Random random = new Random(31);
    int refused = 0;
    for (int i = 0; i < 200; i++) {
      Schema schema = avro.record(3);
      FeatureLayout layout = someColumns(schema, random);
      RowDecoder decoder = RowDecoder.compile(schema, layout, "");
      FeatureRow row = new FeatureRow(layout);
      byte[] valid = AvroRecords.write(avro.datum(schema));
      for (int n = 0; n < 500; n++) {
        byte[] bytes = random.nextBoolean() ? noise(random) : damaged(valid, random);
        try {
          decoder.decode(AvroRecords.encoded(bytes), row);
        } catch (MalformedRecordException e) {
          refused++;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
          fail("%s of %s threw %s", Arrays.toString(bytes), schema, e);
        }
      }
    }
    assertThat(refused).isBetween(50_000, 99_999);
  }

  private static byte[] noise(Random random) {
    byte[] bytes = new byte[random.nextInt(60)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] damaged(byte[] valid, Random random) {
    byte[] bytes = valid.clone();
    for (int i = 1 + random.nextInt(3); i > 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static FeatureLayout someColumns(Schema schema, Random random) {
    List<FeatureColumn> columns = new ArrayList<>();
    for (String path : FeatureFields.scalars(schema)) {
      if (random.nextInt(3) > 0) {
        columns.add(FeatureFields.column(schema, path, 1));
      }
    }
    for (Schema.Field field : schema.getFields()) {
      boolean scalars =
          field.schema().getType() == Schema.Type.ARRAY
              && switch (field.schema().getElementType().getType()) {
                case BOOLEAN, INT, LONG, FLOAT, DOUBLE, STRING, ENUM -> true;
                default -> false;
              };
      if (scalars) {
        columns.add(FeatureFields.column(schema, field.name(), ARRAY_WIDTH));
      }
    }
    return AvroRecords.layout(columns);
  }

  private static void assertColumn(
      Schema schema, FeatureLayout layout, int column, FeatureRow row, GenericRecord record) {
    FeatureColumn feature = layout.columns().get(column);
    Schema type = schema;
    Object value = record;
    for (String name : feature.name().split("\\.")) {
      type = nonNull(type).getField(name).schema();
      value = value == null ? null : ((GenericRecord) value).get(name);
    }
    if (value != null && type.getType() == Schema.Type.UNION) {
      type = type.getTypes().get(GenericData.get().resolveUnion(type, value));
    }
    int element = layout.elementOffset(column);
    boolean wrongLength = value instanceof List<?> items && items.size() != ARRAY_WIDTH;
    assertThat(row.isMissing(column))
        .as("%s is missing: %s", feature, value)
        .isEqualTo(value == null || wrongLength);
    assertThat(row.violations().stream().filter(v -> v.column().equals(feature.name())).count())
        .isEqualTo(wrongLength ? 1 : 0);
    if (value instanceof List<?> items) {
      for (int i = 0; i < ARRAY_WIDTH && !wrongLength; i++) {
        assertElement(feature, type.getElementType(), row, element + i, items.get(i));
      }
    } else if (value != null) {
      assertElement(feature, type, row, element, value);
    }
  }

  private static Schema nonNull(Schema schema) {
    return schema.getType() == Schema.Type.UNION ? schema.getTypes().get(1) : schema;
  }

  private static void assertElement(
      FeatureColumn feature, Schema schema, FeatureRow row, int element, Object value) {
    switch (feature.type()) {
      case FLOAT, DOUBLE ->
          assertThat(row.doubleAt(element)).as("%s", feature).isEqualTo(number(schema, value));
      case INT32, INT64 ->
          assertThat(row.longAt(element)).as("%s", feature).isEqualTo(((Number) value).longValue());
      case BOOL ->
          assertThat(row.longAt(element)).as("%s", feature).isEqualTo((Boolean) value ? 1 : 0);
      default -> assertThat(row.textAt(element)).as("%s", feature).isEqualTo(value.toString());
    }
  }

  private static Double number(Schema schema, Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    byte[] unscaled =
        value instanceof GenericFixed fixed ? fixed.bytes() : ((ByteBuffer) value).array();
    int scale = ((LogicalTypes.Decimal) schema.getLogicalType()).getScale();
    return new BigDecimal(new BigInteger(unscaled), scale).doubleValue();
  }
}
