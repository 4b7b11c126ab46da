package dev.sluice.cli.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of JSON lines as they are written down, whatever they become. */
@Timeout(60)
class ExactDecimalsTest {
  private static final String DECIMAL =
      "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":20,\"scale\":2}";

  @TempDir Path directory;

  private Object read(String type, String name, String text) throws IOException {
    Schema schema =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"x\",\"type\":"
                    + type
                    + "}]}");
    Path file = Files.write(directory.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    List<GenericRecord> records = new ArrayList<>();
    RecordEncoder.Factory encoders =
        wanted ->
            record -> {
              records.add(record);
              return new byte[0];
            };
    try (InputRows rows =
        InputRows.open(
            DataFile.open("--input", file),
            FileSchema.given(schema, Map.of()),
            Split.all(),
            encoders,
            note -> {})) {
      InputRow row = rows.next();
      if (row.isMalformed()) {
        throw new IllegalArgumentException(row.problem());
      }
      assertThat(rows.next()).isNull();
    }
    return records.get(0).get("x");
  }

  private Object line(String type, String number) throws IOException {
    return read(type, "rows.jsonl", "{\"x\": " + number + "}\n");
  }

  private static BigDecimal decimal(Object bytes) {
    return new Conversions.DecimalConversion()
        .fromBytes((ByteBuffer) bytes, null, LogicalTypes.decimal(20, 2));
  }

  @ParameterizedTest
  @CsvSource({
    "12345678901234567.89,12345678901234567.89",
    "-999999999999999999.99,-999999999999999999.99",
    "0.1,0.10",
    "1.100,1.10",
    "-0.0,0.00",
    "1.5e2,150.00",
    "1E17,100000000000000000.00",
    "100,100.00",
    "0e999999999,0.00",
  })
  void aDecimalKeepsAllItsDigits(String number, BigDecimal expected) throws IOException {
    assertThat(decimal(line(DECIMAL, number))).isEqualTo(expected);
  }

  @Test
  void aDecimalWithinAnArrayKeepsThemToo() throws IOException {
    String array = "{\"type\":\"array\",\"items\":" + DECIMAL + "}";
    String cell = "[12345678901234567.89, 1]";
    for (Object items :
        List.of(line(array, cell), read(array, "rows.csv", "x\n\"" + cell + "\"\n"))) {
      assertThat((List<?>) items)
          .map(ExactDecimalsTest::decimal)
          .containsExactly(new BigDecimal("12345678901234567.89"), new BigDecimal("1.00"));
    }
  }

  /** Some of these would be a gigabyte, written out. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.001",
        "1234567890123456789.5",
        "1E400",
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        "1e2147483647",
        "1e-2147483647",
      })
  void aDecimalThatDoesNotFitIsMalformed(String number) {
    assertThatThrownBy(() -> line(DECIMAL, number))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("line 1: field x is ")
        .hasMessageEndingWith(", expected decimal(20,2)");
  }

  @ParameterizedTest
  @CsvSource({
    "0.1,0.1",
    "-0.0,-0.0",
    "-0.000e5,-0.0",
    "1e-999999999,0.0",
    "123456789.123456789,123456789.123456789",
    "1.7976931348623157e308,1.7976931348623157e308",
    "4.9e-324,4.9e-324",
    "'\"NaN\"',NaN",
    "'\"-Infinity\"',-Infinity",
  })
  void aDoubleIsTheNearest(String number, double expected) throws IOException {
    assertThat(line("\"double\"", number)).isEqualTo(expected);
  }

  /** By way of a double it would be halfway between two floats, and then the even one. */
  @Test
  void aFloatIsRoundedOnce() throws IOException {
    assertThat(line("\"float\"", "16777217.0000000001")).isEqualTo(16777218f);
    assertThat(line("\"float\"", "16777216.9999999999")).isEqualTo(16777216f);
    assertThat(line("\"float\"", "-0.0")).isEqualTo(-0.0f);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0,1",
    "3e2,300",
    "-0.0,0",
    "0e999999999,0",
    "9007199254740991.00,9007199254740991"
  })
  void aWholeNumberMayHaveAPoint(String number, long expected) throws IOException {
    assertThat(line("\"long\"", number)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1.5,1.5",
    "9007199254740990.9,9007199254740990.9",
    "1e-999999999,1E-999999999",
    "1e300,1.0E300",
    "1e999999999,a number beyond double",
    "9007199254740993.0,9007199254740993.0",
  })
  void anyOtherIsNone(String number, String shown) {
    assertThatThrownBy(() -> line("\"long\"", number))
        .hasMessage("line 1: field x is " + shown + ", expected long");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.0", "0.00", "0.000", "-0.0", "0.25", "-0.99"})
  void aDecimalMayHaveNoDigitBeforeThePoint(String number) throws IOException {
    assertThat(decimal(line(DECIMAL.replace("20", "2"), number)))
        .isEqualByComparingTo(new BigDecimal(number));
  }

  @Test
  void numbersBeyondAllAreMalformedRows() {
    for (String type : List.of(DECIMAL, "\"long\"", "\"double\"", "\"float\"")) {
      for (String number : List.of("1e99999999999", "1e-99999999999", "9".repeat(1001) + ".0")) {
        assertThatThrownBy(() -> line(type, number))
            .as(type + " " + number)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("line 1: ");
      }
    }
  }
}
