package dev.sluice.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Neighbouring floats of which some are nullable, null first or last: Avro says what is right. */
class NullableFloatsTest {
  private static final int MOST_FIELDS = 100;
  private static final String FLOAT = "\"float\"";
  private static final List<String> TYPES =
      List.of(FLOAT, "[\"null\", \"float\"]", "[\"float\", \"null\"]");

  private record Case(Schema schema, FeatureLayout layout, GenericRecord record) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void readsWhatAvroWrites(long seed) throws Exception {
    Random random = new Random(seed);
    for (int n = 0; n < 200; n++) {
      Case one = random(random);
      FeatureRow row = new FeatureRow(one.layout);

      RowDecoder.compile(one.schema, one.layout, "")
          .decode(AvroRecords.encoded(AvroRecords.write(one.record)), row);

      assertRow(one, row);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void readsBranchesThatTakeMoreBytesThanTheyNeed(long seed) throws Exception {
    Random random = new Random(seed);
    for (int n = 0; n < 200; n++) {
      Case one = random(random);
      FeatureRow row = new FeatureRow(one.layout);

      RowDecoder.compile(one.schema, one.layout, "")
          .decode(AvroRecords.encoded(withLongBranches(one, random)), row);

      assertRow(one, row);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8})
  void refusesEveryTruncationAndEveryOtherBranch(long seed) {
    Random random = new Random(seed);
    for (int n = 0; n < 20; n++) {
      Case one = random(random);
      RowDecoder decoder = RowDecoder.compile(one.schema, one.layout, "");
      FeatureRow row = new FeatureRow(one.layout);
      byte[] bytes = AvroRecords.write(one.record);
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> decoder.decode(AvroRecords.encoded(cut), row))
            .as("%d of %d bytes", length, bytes.length)
            .isInstanceOf(MalformedRecordException.class);
      }
      if (one.schema.getFields().get(0).schema().isUnion()) {
        bytes[0] = 4;
        assertThatThrownBy(() -> decoder.decode(AvroRecords.encoded(bytes), row))
            .isInstanceOf(MalformedRecordException.class)
            .hasMessage("byte 0: union index is 2, expected 0 to 1");
      }
    }
  }

  private static Case random(Random random) {
    int count = 1 + random.nextInt(MOST_FIELDS);
    int kinds = 1 + random.nextInt(TYPES.size()); // with one kind alone, too
    List<String> fields = new ArrayList<>();
    List<FeatureColumn> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String type = TYPES.get((kinds + random.nextInt(kinds)) % TYPES.size());
      fields.add("{\"name\": \"f" + i + "\", \"type\": " + type + "}");
      if (random.nextInt(50) > 0) { // now and then one that nobody reads
        columns.add(new FeatureColumn("f" + i, ElementType.FLOAT, 1));
      }
    }
    Schema schema = AvroRecords.schema(String.join(",", fields));
    GenericRecord record = new GenericData.Record(schema);
    int oneNullIn = 1 << random.nextInt(8);
    for (Schema.Field field : schema.getFields()) {
      boolean isNull = field.schema().isUnion() && random.nextInt(oneNullIn) == 0;
      record.put(field.pos(), isNull ? null : random.nextFloat());
    }
    return new Case(schema, new FeatureLayout(columns, List.of()), record);
  }

  /** The record as Avro writes it, but with some branches as an integer of two bytes. */
  private static byte[] withLongBranches(Case one, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Schema.Field field : one.schema.getFields()) {
      Object value = one.record.get(field.pos());
      if (field.schema().isUnion()) {
        int branch = field.schema().getIndexNamed(value == null ? "null" : "float");
        if (random.nextBoolean()) {
          out.write(2 * branch);
        } else {
          out.write(2 * branch | 0x80);
          out.write(0);
        }
      }
      if (value != null) {
        int bits = Integer.reverseBytes(Float.floatToRawIntBits((Float) value));
        for (int shift = 24; shift >= 0; shift -= 8) {
          out.write(bits >>> shift);
        }
      }
    }
    return out.toByteArray();
  }

  private static void assertRow(Case one, FeatureRow row) {
    List<FeatureColumn> columns = one.layout.columns();
    for (int i = 0; i < columns.size(); i++) {
      Object expected = one.record.get(columns.get(i).name());
      Object actual = row.isMissing(i) ? null : (Object) (float) row.doubleAt(i);
      assertThat(actual).as("%s of %s", columns.get(i).name(), one.schema).isEqualTo(expected);
    }
  }
}
