package dev.sluice.cli.profile;

import static dev.sluice.cli.profile.RowPaths.features;
import static dev.sluice.cli.profile.RowPaths.records;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.score.RecordEncoder;
import dev.sluice.cli.score.Split;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.build.PartOptions;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.FeatureLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the features of CSV files against the records that are made of the same files. */
class CsvFileRowsTest {
  private static final String ENUM =
      "{'type':'enum','name':'E','symbols':['N','NNE','true','on_1']}";

  private static final List<String> CELLS =
      List.of(
          "",
          " ",
          "0",
          "-0",
          "-0.0",
          "+0",
          "1",
          "-1",
          "+1",
          "007",
          "1.",
          ".5",
          "-.5",
          "1.0",
          "1.5",
          " 4",
          "4 ",
          "\t4",
          "1e3",
          "1E-3",
          "1e400",
          "-1e400",
          "1e-400",
          "1e39",
          "3.4028235e38",
          "3.4028236e38",
          "1.17549435e-38",
          "1e-46",
          "0.1",
          "0.30000000000000004",
          "16777216",
          "16777217",
          "16777218.5",
          "1.00000017881393432617187499",
          "1.00000017881393421514957253",
          "8388608.5",
          "1.000000059604645",
          "1.0000000596046448",
          "123456789012345",
          "1234567890123456",
          "999999999999999999",
          "1000000000000000000",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "2147483647",
          "2147483648",
          "-2147483648",
          "-2147483649",
          "9007199254740993",
          "9007199254740993.0",
          "NaN",
          "nan",
          "-nan",
          "inf",
          "-inf",
          "+Infinity",
          "Infinity",
          "-INFINITY",
          "1f",
          "0x10",
          "0x1p3",
          "1_0",
          "1,5",
          "--1",
          "1-",
          "1.2.3",
          "e",
          ".",
          "-",
          "+",
          "٣",
          "true",
          "false",
          "True",
          "FALSE",
          "fal\u017Fe",
          "yes",
          "null",
          "NULL",
          "N",
          "NNE",
          "n",
          "on_1",
          "a \"quoted\" text",
          "two\nlines",
          "\uFFFD",
          "x\uFFFDy",
          "Zürich",
          "北京",
          "😀",
          "t".repeat(70),
          "t".repeat(64),
          "2013-03-01",
          "2013-02-30",
          "2013-03-01T00:00:00Z",
          "2013-03-01T00:00:00+08:00",
          "2013-03-01T00:00:00.123456Z",
          "2013-03-01T00:00:00",
          "1969-12-31T23:59:59.999Z",
          "1.5e300",
          "9".repeat(400),
          "9".repeat(1001),
          "1" + "0".repeat(30) + "e-31");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'float'",
        "'double'",
        "'int'",
        "'long'",
        "'boolean'",
        "'string'",
        ENUM,
        "{'type':'int','logicalType':'date'}",
        "{'type':'int','logicalType':'time-millis'}",
        "{'type':'long','logicalType':'timestamp-millis'}",
        "{'type':'long','logicalType':'timestamp-micros'}",
        "{'type':'long','logicalType':'timestamp-nanos'}",
        "{'type':'long','logicalType':'local-timestamp-millis'}"
      })
  void cellsMeanTheSameAsInRecords(String type) throws IOException {
    for (String schema : List.of(type, "['null'," + type + "]", "[" + type + ",'null']")) {
      FileSource source = source(schema, file("cells.csv", rows(CELLS)));
      assertThat(features(source, Split.all(), ""))
          .hasSize(CELLS.size())
          .isEqualTo(records(source, Split.all(), ""));
    }
  }

  @Test
  void numbersAreTheSameToTheLastBit() throws IOException {
    Random random = new Random(7);
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      BigInteger digits = new BigInteger(1 + random.nextInt(70), random);
      cells.add(new BigDecimal(digits, random.nextInt(25) - 3).toString());
      cells.add(Float.toString(Float.intBitsToFloat(random.nextInt())));
      cells.add(Double.toString(Double.longBitsToDouble(random.nextLong())));
    }
    for (String type : List.of("'float'", "'double'", "'int'", "'long'")) {
      FileSource source = source(type, file("numbers.csv", rows(cells)));
      assertThat(features(source, Split.all(), "")).isEqualTo(records(source, Split.all(), ""));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"'long'", "['null',{'type':'int','logicalType':'date'}]"})
  void eventTimesAreTheSame(String type) throws IOException {
    FileSource source = source(type, file("times.csv", rows(CELLS)));
    assertThat(features(source, Split.all(), "v")).isEqualTo(records(source, Split.all(), "v"));
  }

  @Test
  void rowsAreTheSameWhateverTheirCells() throws IOException {
    String text =
        "\uFEFFother,v,k\r\n\r\na,1,1\r\nb,2\nc,3,3,3\n\n,,\na,\"4\",5\r\"a\",\"x\ny\",6\na,7,7\n\n";
    for (Split split : List.of(Split.all(), Split.of("other", "a"))) {
      FileSource source = source("['null','double']", file("rows.csv", text));
      List<String> rows = features(source, split.anew(), "");
      assertThat(rows).hasSizeGreaterThan(4).isEqualTo(records(source, split.anew(), ""));
    }
  }

  @Test
  void emptyLinesOfOneColumnAreTheSame() throws IOException {
    Path file = file("one.csv", "v\n\n1\n\n\n\"\"\n2\n\n\n");
    FileSource source =
        FileSource.of("", List.of(file), one("['null','float']"), Map.of(), ENCODERS, note -> {});
    assertThat(features(source, Split.all(), ""))
        .hasSize(6)
        .isEqualTo(records(source, Split.all(), ""));
  }

  @Test
  void aColumnThatIsNotThereIsMissing() throws IOException {
    FileSource source = source("['null','string']", file("absent.csv", "k\n1\n2\n"));
    assertThat(features(source, Split.all(), "")).isEqualTo(records(source, Split.all(), ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "['null','int','double']",
        "{'type':'array','items':'float'}",
        "{'type':'record','name':'Nested','fields':[{'name':'a','type':'int'}]}",
        "{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}"
      })
  void otherTypesGoByRecords(String type) throws IOException {
    FileSource source = source(type, file("others.csv", "v,k\n1,1\n"));
    FeatureLayout none = new FeatureLayout(List.of(), List.of());
    assertThat(source.openFeatures(Split.all(), none, "")).isEmpty();
  }

  @Test
  void aTextOfTheEventTimeGoesByRecords() throws IOException {
    FileSource source = source("'string'", file("text.csv", "v,k\n1,1\n"));
    FeatureLayout none = new FeatureLayout(List.of(), List.of());
    assertThat(source.openFeatures(Split.all(), none, "v")).isEmpty();
    assertThat(source.openFeatures(Split.all(), none, "")).isPresent();
  }

  @Test
  void profilesAreTheSameBytes() throws IOException {
    StringBuilder text = new StringBuilder("v,k,part\n");
    Random random = new Random(3);
    for (int i = 0; i < 5000; i++) {
      String value = i % 7 == 0 ? CELLS.get(random.nextInt(CELLS.size())) : "" + random.nextFloat();
      text.append(quoted(value)).append(',').append(i).append(i % 3 == 0 ? ",b\n" : ",a\n");
    }
    Path plain = file("plain.csv", text.toString());
    Path packed = directory.resolve("packed.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(plain, out);
    }
    Schema schema = schema("['null','float']");
    FileSource source =
        FileSource.of("", List.of(plain, packed), schema, Map.of(), ENCODERS, note -> {});
    assertThat(profile(source)).isEqualTo(profile(new ByRecords(source)));
  }

  private String profile(RowSource source) throws IOException {
    Malformed malformed = new Malformed(Malformed.Policy.SKIP);
    Split split = Split.of("part", "a");
    DataProfile profile =
        new ProfileRun(
                source, split, malformed, "k", "UTC", PartOptions.NONE, false, "", note -> {})
            .plain(position -> {});
    Path file = directory.resolve("profile.json");
    Files.deleteIfExists(file);
    DataProfileFile.write(profile, file);
    return Files.readString(file)
        + (malformed.count() + malformed.first() + split.taken() + split.others());
  }

  /** A source that has no other way than by records. */
  private record ByRecords(FileSource source) implements RowSource {
    @Override
    public Schema schema() {
      return source.schema();
    }

    @Override
    public SourceRows open(Split split) {
      return source.open(split);
    }

    @Override
    public String name() {
      return source.name();
    }

    @Override
    public String sha256() throws IOException {
      return source.sha256();
    }

    @Override
    public long size() {
      return source.size();
    }

    @Override
    public Unit unit() {
      return source.unit();
    }

    @Override
    public boolean hasTimestamps() {
      return source.hasTimestamps();
    }
  }

  private static final RecordEncoder.Factory ENCODERS =
      schema ->
          record -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            try {
              new GenericDatumWriter<>(schema).write(record, encoder);
              encoder.flush();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
          };

  private static String quoted(String cell) {
    return '"' + cell.replace("\"", "\"\"") + '"';
  }

  private static String rows(List<String> cells) {
    StringBuilder text = new StringBuilder("v,k\n");
    for (int i = 0; i < cells.size(); i++) {
      text.append(quoted(cells.get(i))).append(',').append(i).append('\n');
    }
    return text.toString();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
  }

  private static Schema one(String type) {
    return new Schema.Parser()
        .parse(
            "{'type':'record','name':'R','fields':[{'name':'v','type':%s}]}"
                .formatted(type)
                .replace('\'', '"'));
  }

  private static Schema schema(String type) {
    return new Schema.Parser()
        .parse(
            "{'type':'record','name':'R','fields':[{'name':'v','type':%s},{'name':'k','type':'long'}]}"
                .formatted(type)
                .replace('\'', '"'));
  }

  private static FileSource source(String type, Path file) throws IOException {
    return FileSource.of("", List.of(file), schema(type), Map.of(), ENCODERS, note -> {});
  }
}
