package dev.sluice.decode;

import static dev.sluice.decode.RowDecoderTest.field;
import static dev.sluice.decode.RowDecoderTest.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Padding;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class ArrayReaderTest {
  private static final Padding BY_SEVEN = new Padding(0, 1, "7");

  @Test
  void readsNestedArraysRowByRow() throws Exception {
    Schema schema = AvroRecords.schema(field("v", array(array("\"float\""))));
    List<?> value = List.of(List.of(1f, 2f, 3f), List.of(4f, 5f, 6f));
    FeatureRow row = decode(schema, List.of(2, 3), Padding.NONE, value);
    assertThat(row.violations()).isEmpty();
    assertThat(row.isMissing(0)).isFalse();
    assertThat(row.length(0)).isEqualTo(6);
    assertThat(numbers(row)).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void readsAnArrayThatMayBeNull() throws Exception {
    Schema schema = AvroRecords.schema(field("v", "[\"null\"," + array("\"int\"") + "]"));
    assertThat(decode(schema, List.of(2), Padding.NONE, null).isMissing(0)).isTrue();
    FeatureRow row = decode(schema, List.of(2), Padding.NONE, List.of(3, 4));
    assertThat(row.longAt(1)).isEqualTo(4);
    assertThat(row.isMissing(0)).isFalse();
  }

  @Test
  void namesTheDimensionOfAnotherLength() throws Exception {
    Schema schema = AvroRecords.schema(field("v", array(array("\"float\""))));
    List<Float> three = List.of(1f, 2f, 3f);
    assertWrong(
        decode(schema, List.of(2, 3), Padding.NONE, List.of(three, List.of(1f))),
        "1 items",
        "length 3 in dimension 2 of [2, 3]");
    assertWrong(
        decode(schema, List.of(2, 3), Padding.NONE, List.of(three, three, three)),
        "3 items",
        "length 2 in dimension 1 of [2, 3]");
    assertWrong(
        decode(schema, List.of(2, 3), Padding.NONE, List.of()),
        "0 items",
        "length 2 in dimension 1 of [2, 3]");
    assertWrong(
        decode(schema, List.of(2, 3), BY_SEVEN, List.of(three, three, three)),
        "3 items",
        "length at most 2 in dimension 1 of [2, 3]");
  }

  private static void assertWrong(FeatureRow row, String value, String expected) {
    assertThat(row.isMissing(0)).isTrue();
    assertThat(row.violations())
        .containsExactly(
            new Violation("v", Reason.WRONG_LENGTH, Severity.CRITICAL, value, expected));
  }

  @Test
  void padsShorterArraysAtTheirEnd() throws Exception {
    Schema schema = AvroRecords.schema(field("v", array("\"float\"")));
    for (int length = 0; length <= 4; length++) {
      List<Float> value = Collections.nCopies(length, 1f);
      FeatureRow row = decode(schema, List.of(4), BY_SEVEN, value);
      assertThat(row.violations()).isEmpty();
      assertThat(row.length(0)).isEqualTo(length);
      double[] expected = {7, 7, 7, 7};
      Arrays.fill(expected, 0, length, 1);
      assertThat(numbers(row)).containsExactly(expected);
    }
    assertWrong(
        decode(schema, List.of(4), BY_SEVEN, Collections.nCopies(5, 1f)),
        "5 items",
        "length at most 4");
  }

  @Test
  void padsWholeInnerArrays() throws Exception {
    Schema nested = AvroRecords.schema(field("v", array(array("\"float\""))));
    FeatureRow row = decode(nested, List.of(3, 2), BY_SEVEN, List.of(List.of(1f, 2f)));
    assertThat(numbers(row)).containsExactly(1, 2, 7, 7, 7, 7);
    assertThat(row.length(0)).isEqualTo(2);
    Schema flat = AvroRecords.schema(field("v", array("\"float\"")));
    row = decode(flat, List.of(3, 2), BY_SEVEN, List.of(1f, 2f, 3f, 4f));
    assertThat(numbers(row)).containsExactly(1, 2, 3, 4, 7, 7);
    assertThat(row.length(0)).isEqualTo(4);
    assertWrong(
        decode(flat, List.of(3, 2), BY_SEVEN, List.of(1f, 2f, 3f)),
        "3 items",
        "length at most 6, a multiple of 2");
  }

  @Test
  void padsIntegersBooleansAndTexts() throws Exception {
    Schema longs = AvroRecords.schema(field("v", array("\"long\"")));
    Padding least = new Padding(0, 1, Long.toString(Long.MIN_VALUE));
    assertThat(decode(longs, List.of(2), least, List.of(5L)).longAt(1)).isEqualTo(Long.MIN_VALUE);
    Schema booleans = AvroRecords.schema(field("v", array("\"boolean\"")));
    FeatureRow row = decode(booleans, List.of(2), new Padding(0, 1, "true"), List.of());
    assertThat(row.longAt(1)).isEqualTo(1);
    Schema texts = AvroRecords.schema(field("v", array("\"string\"")));
    row = decode(texts, List.of(2), new Padding(0, 1, "[PAD]"), List.of("a"));
    assertThat(List.of(row.textAt(0), row.textAt(1))).containsExactly("a", "[PAD]");
  }

  @Test
  void takesNullItemsWhereATensorHasMissingValues() throws Exception {
    Schema floats = AvroRecords.schema(field("v", array("[\"null\",\"float\"]")));
    FeatureRow row = decode(floats, List.of(3), Padding.NONE, Arrays.asList(1f, null, 3f));
    assertThat(row.violations()).isEmpty();
    assertThat(numbers(row)).containsExactly(1, Double.NaN, 3);
    Schema texts = AvroRecords.schema(field("v", array("[\"string\",\"null\"]")));
    row = decode(texts, List.of(2), Padding.NONE, Arrays.asList("a", null));
    assertThat(row.textAt(1)).isEmpty();
  }

  @Test
  void reportsNullItemsWhereATensorHasNoMissingValues() throws Exception {
    Schema schema = AvroRecords.schema(field("v", array(array("[\"null\",\"int\"]"))));
    FeatureRow row =
        decode(
            schema,
            List.of(2, 2),
            Padding.NONE,
            List.of(Arrays.asList(1, null), Arrays.asList(null, null)));
    assertThat(row.isMissing(0)).isTrue();
    assertThat(row.violations())
        .extracting(Violation::message)
        .containsExactly("feature v is missing, expected a value in item [0][1] (and 2 more)");
    assertThat(row.violations().get(0).reason()).isEqualTo(Reason.MISSING);
  }

  /** One by one, all of these blocks would take hours. */
  @Test
  void itemsOfNoBytesAreNotGoneThrough() throws Exception {
    Schema writer = AvroRecords.schema(field("v", array("\"null\"")));
    Schema floats = AvroRecords.schema(field("v", array("[\"null\",\"float\"]")));
    FeatureLayout layout =
        AvroRecords.layout(
            List.of(FeatureFields.column(floats, "v", List.of(3), new Padding(0, 1, "7"))));
    RowDecoder decoder = RowDecoder.compile(writer, floats, layout, "");
    FeatureRow row = new FeatureRow(layout);

    decoder.decode(AvroRecords.encoded(BinaryCursorTest.longs(1, 1, 0)), row);
    assertThat(row.violations()).isEmpty();
    assertThat(numbers(row)).containsExactly(Double.NaN, Double.NaN, 7);

    long[] blocks = new long[100_001]; // and at the end none
    Arrays.fill(blocks, 0, 100_000, Long.MAX_VALUE);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> decoder.decode(AvroRecords.encoded(BinaryCursorTest.longs(blocks)), row));
    assertThat(row.violations()).extracting(Violation::reason).containsExactly(Reason.WRONG_LENGTH);

    Schema ints = AvroRecords.schema(field("v", array("[\"null\",\"int\"]")));
    FeatureLayout whole =
        AvroRecords.layout(List.of(FeatureFields.column(ints, "v", List.of(2), Padding.NONE)));
    FeatureRow nulls = new FeatureRow(whole);
    RowDecoder.compile(writer, ints, whole, "")
        .decode(AvroRecords.encoded(BinaryCursorTest.longs(2, 0)), nulls);
    assertThat(nulls.violations())
        .extracting(Violation::message)
        .containsExactly("feature v is missing, expected a value in item [0] (and 1 more)");
  }

  /** A million elements for each of these arrays would be written for minutes. */
  @Test
  void itemsOfNoBytesAreNotGoneThroughInArraysPastTheEnd() throws Exception {
    Schema writer = AvroRecords.schema(field("v", array(array("\"null\""))));
    Schema floats = AvroRecords.schema(field("v", array(array("[\"null\",\"float\"]"))));
    FeatureLayout layout =
        AvroRecords.layout(
            List.of(FeatureFields.column(floats, "v", List.of(1, 1_000_000), Padding.NONE)));
    RowDecoder decoder = RowDecoder.compile(writer, floats, layout, "");
    FeatureRow row = new FeatureRow(layout);

    decoder.decode(AvroRecords.encoded(BinaryCursorTest.longs(1, 1_000_000, 0, 0)), row);
    assertThat(row.violations()).isEmpty();
    assertThat(row.doubleAt(999_999)).isNaN();

    int arrays = 100_000;
    long[] blocks = new long[2 * arrays + 2]; // and at the end none
    blocks[0] = arrays;
    for (int i = 0; i < arrays; i++) {
      blocks[1 + 2 * i] = 1_000_000;
    }
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> decoder.decode(AvroRecords.encoded(BinaryCursorTest.longs(blocks)), row));
    assertWrong(row, "100000 items", "length 1 in dimension 1 of [1, 1000000]");
  }

  @Test
  void readsAFlatArrayWhereNestedOnesWerePlanned() throws Exception {
    Schema nested = AvroRecords.schema(field("v", array(array("\"float\""))));
    Schema flat = AvroRecords.schema(field("v", array("\"float\"")));
    FeatureColumn column = FeatureFields.column(nested, "v", List.of(3, 2), BY_SEVEN);
    FeatureLayout layout = AvroRecords.layout(List.of(column));
    byte[] bytes = AvroRecords.write(record(flat, "v", List.of(1f, 2f)));
    FeatureRow row = AvroRecords.decode(flat, layout, "", bytes);
    assertThat(numbers(row)).containsExactly(1, 2, 7, 7, 7, 7);
    FeatureColumn flatColumn = FeatureFields.column(flat, "v", 6);
    FeatureLayout flatLayout = AvroRecords.layout(List.of(flatColumn));
    assertThatThrownBy(() -> RowDecoder.compile(nested, flatLayout, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nested 2 deep, expected at most 1");
  }

  @Test
  void refusesInnerBlocksOfMoreItemsThanBytes() {
    Schema schema = AvroRecords.schema(field("v", array(array("\"long\""))));
    FeatureLayout layout =
        AvroRecords.layout(List.of(FeatureFields.column(schema, "v", List.of(2, 2), Padding.NONE)));
    for (long count : new long[] {5, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, -4}) {
      byte[] huge = BinaryCursorTest.longs(1, count, 2, 0, 0);
      assertThatThrownBy(() -> AvroRecords.decode(schema, layout, "", huge))
          .as("%d items", count)
          .isInstanceOf(MalformedRecordException.class);
    }
  }

  static String array(String items) {
    return "{\"type\":\"array\",\"items\":" + items + "}";
  }

  /** Decodes both encodings of a record with one field, which have to agree. */
  static FeatureRow decode(Schema schema, List<Integer> shape, Padding padding, Object value)
      throws MalformedRecordException {
    FeatureColumn column = FeatureFields.column(schema, "v", shape, padding);
    FeatureLayout layout = AvroRecords.layout(List.of(column));
    byte[] blocks = AvroRecords.writeBlocks(record(schema, "v", value));
    FeatureRow row = AvroRecords.decode(schema, layout, "", blocks);
    byte[] plain = AvroRecords.write(record(schema, "v", value));
    FeatureRow other = AvroRecords.decode(schema, layout, "", plain);
    assertThat(other.violations()).isEqualTo(row.violations());
    assertThat(numbers(other)).containsExactly(numbers(row));
    return row;
  }

  private static double[] numbers(FeatureRow row) {
    double[] numbers = new double[row.elements()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = row.doubleAt(i);
    }
    return numbers;
  }
}
