package dev.sluice.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.Distinct;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.Histogram;
import dev.sluice.profile.NumberSummary;
import dev.sluice.profile.Occurrences;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.Sums;
import dev.sluice.profile.TextSummary;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.Header;
import dev.sluice.record.KafkaMessage;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class ProfileEncoderTest {
  private static final BigInteger WIDE = BigInteger.TWO.pow(100);

  /** (2 · 2^100 - 3²) / 2² · 4^8, which a double holds as 2^115. */
  private static final double VARIANCE = 0x1p115;

  private final ProfileEncoder encoder = new ProfileEncoder();

  @Test
  void writesAColumnOfNumbers() {
    ColumnProfile column =
        ColumnProfile.ofNumbers(
                "TEMP",
                ElementType.FLOAT,
                1,
                new NumberSummary(
                    2,
                    3,
                    4,
                    1,
                    0.0,
                    2.5,
                    new Sums(-8, 2, 6, BigInteger.valueOf(3), WIDE),
                    new Histogram(List.of(0.0, 1.0), List.of(1L, 0L, 1L), List.of(1.0))),
                new Occurrences(Map.of(), true, Map.of("2.5", 1L)),
                new Distinct(2, 0.25, false))
            .withDrift(new ColumnDrift("psi", 0.3, 0.2, 0.01, DriftVerdict.DRIFT));
    KafkaMessage message = encoder.map(window(3_600_000L, "", List.of(column)));
    assertThat(key(message))
        .isEqualTo("INPUT/aa/bb//1970-01-01T01:00:00Z/1970-01-01T02:00:00Z/TEMP");
    assertThat(message.headers()).isEqualTo(Header.NONE);
    GenericRecord profile = Batches.read("DataProfile.avsc", message.value());
    assertThat(profile.get("formatVersion")).isEqualTo(1);
    assertThat(profile.get("kind")).hasToString("INPUT");
    assertThat(profile.get("modelName")).hasToString("pm25");
    assertThat(profile.get("modelVersion")).hasToString("3");
    assertThat(profile.get("modelSha256")).hasToString("aa");
    assertThat(profile.get("baselineSha256")).hasToString("bb");
    assertThat(profile.get("windowStart")).isEqualTo(3_600_000L);
    assertThat(profile.get("windowEnd")).isEqualTo(7_200_000L);
    assertThat(profile.get("window")).hasToString("PT1H");
    assertThat(profile.get("timeZone")).hasToString("UTC");
    assertThat(profile.get("revision")).isEqualTo(2);
    assertThat(profile.get("rows")).isEqualTo(100L);
    assertThat(profile.get("rejectedRows")).isEqualTo(10L);
    assertThat(profile.get("lateRows")).isEqualTo(1L);
    GenericRecord written = (GenericRecord) ((List<?>) profile.get("columns")).get(0);
    assertThat(
            written.getSchema().getFields().stream()
                .filter(f -> !f.name().equals("drift"))
                .map(f -> String.valueOf(written.get(f.pos())))
                .toList())
        .containsExactly(
            "TEMP",
            "FLOAT",
            "12",
            "1",
            "2",
            "3",
            "4",
            "1",
            "0.0",
            "2.5",
            "384.0",
            String.valueOf(VARIANCE),
            String.valueOf(Math.sqrt(VARIANCE)),
            quantiles(column),
            "{\"estimate\": 2.0, \"relativeError\": 0.25, \"exact\": false, \"hashes\": []}",
            "-8",
            "3",
            WIDE.toString(),
            "6",
            "[0.0, 1.0]",
            "[1, 0, 1]",
            "[1.0]",
            "[1, 1]",
            "null",
            "null",
            "null",
            "0",
            "null",
            "null",
            "null",
            "[]",
            "true",
            "[{\"value\": \"2.5\", \"count\": 1}]");
    GenericRecord drift = (GenericRecord) written.get("drift");
    assertThat(drift.get("metric")).hasToString("psi");
    assertThat(drift.get("value")).isEqualTo(0.3);
    assertThat(drift.get("threshold")).isEqualTo(0.2);
    assertThat(drift.get("errorBound")).isEqualTo(0.01);
    assertThat(drift.get("verdict")).hasToString("DRIFT");
  }

  @Test
  void writesAColumnOfTexts() {
    Map<String, Long> values = new LinkedHashMap<>();
    values.put("NNE", 5L);
    values.put("", 2L);
    ColumnProfile column =
        ColumnProfile.ofTexts(
                "wd",
                7,
                0,
                new TextSummary(0, 3, 15),
                new Occurrences(values, false, Map.of()),
                Distinct.exactly(2))
            .withDrift(new ColumnDrift("psi", null, 0.2, 0, DriftVerdict.INSUFFICIENT_DATA));
    KafkaMessage message = encoder.map(window(0L, "Dongsi", List.of(column)));
    assertThat(key(message))
        .isEqualTo("INPUT/aa/bb/Dongsi/1970-01-01T00:00:00Z/1970-01-01T01:00:00Z/wd");
    GenericRecord profile = Batches.read("DataProfile.avsc", message.value());
    assertThat(profile.get("segment")).hasToString("Dongsi");
    GenericRecord written = (GenericRecord) ((List<?>) profile.get("columns")).get(0);
    assertThat(written.get("values"))
        .hasToString("[{\"value\": \"NNE\", \"count\": 5}, {\"value\": \"\", \"count\": 2}]");
    assertThat(written.get("valuesOverflow")).isEqualTo(false);
    assertThat(written.get("distinct"))
        .hasToString(
            "{\"estimate\": 2.0, \"relativeError\": 0.0, \"exact\": true, \"hashes\": []}");
    assertThat(written.get("minLength")).isEqualTo(0);
    assertThat(written.get("maxLength")).isEqualTo(3);
    assertThat(written.get("meanLength")).isEqualTo(15 / 7.0);
    assertThat(written.get("quantiles")).hasToString("[]");
    assertThat(written.get("min")).isNull();
    assertThat(written.get("mean")).isNull();
    GenericRecord drift = (GenericRecord) written.get("drift");
    assertThat(drift.get("value")).isNull();
    assertThat(drift.get("verdict")).hasToString("INSUFFICIENT_DATA");
  }

  @Test
  void sizesOfArraysArePublished() {
    NumberStatistics numbers = new NumberStatistics(Grid.universal(), 20);
    numbers.add(new double[] {1, 2, 2, 2.5, 3}, 5);
    numbers.addMissing(1);
    numbers.sizes().add(0);
    numbers.sizes().add(5);
    GenericRecord written = column(numbers.toProfile("x", ElementType.DOUBLE, List.of(0.0)));
    assertThat(written.get("arrays")).isEqualTo(2L);
    assertThat(written.get("minSize")).isEqualTo(0);
    assertThat(written.get("maxSize")).isEqualTo(5);
    assertThat(written.get("meanSize")).isEqualTo(2.5);
  }

  @Test
  void messagesFromBeforeTheSizesCanBeRead() throws IOException {
    String now = Files.readString(Path.of("schemas/DataProfile.avsc"));
    String before =
        now.lines()
            .filter(line -> !line.matches(" *\\{\"name\": \"(arrays|(min|max|mean)Size)\".*"))
            .collect(Collectors.joining("\n"));
    Schema writer = new Schema.Parser().parse(before);
    Schema reader = new Schema.Parser().parse(now);

    assertThat(before.lines().count()).isEqualTo(now.lines().count() - 4);
    assertThat(SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType())
        .isEqualTo(SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE);
    assertThat(SchemaCompatibility.checkReaderWriterCompatibility(writer, reader).getType())
        .isEqualTo(SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE);
  }

  @Test
  void exactQuantilesAndFewNumbersArePublished() {
    NumberStatistics numbers = new NumberStatistics(Grid.universal(), 20);
    numbers.add(new double[] {1, 2, 2, 2.5}, 4);
    GenericRecord written = column(numbers.toProfile("x", ElementType.DOUBLE, List.of(0.0)));
    assertThat(written.get("values"))
        .hasToString(
            "[{\"value\": \"2\", \"count\": 2}, {\"value\": \"1\", \"count\": 1},"
                + " {\"value\": \"2.5\", \"count\": 1}]");
    List<?> quantiles = (List<?>) written.get("quantiles");
    assertThat(quantiles).hasSize(7);
    assertThat(quantiles.get(2)).hasToString("{\"p\": 0.25, \"value\": 1.75, \"errorBound\": 0.0}");
    assertThat(written.get("massCounts")).hasToString("[0, 4]");
  }

  @Test
  void allValuesThatAreCountedOneByOneArePublished() {
    GenericRecord many = column(texts(1000, 85)); // 3 + 84 · 3 bytes each, 255,000 together
    assertThat((List<?>) many.get("values")).hasSize(1000);
    assertThat(((List<?>) many.get("values")).get(0)).asString().contains("999").endsWith("1000}");
    assertThat(many.get("valuesOverflow")).isEqualTo(false);
    assertThat(((GenericRecord) many.get("distinct")).get("hashes")).hasToString("[]");
  }

  @Test
  void ofManyValuesTheHashesArePublished() {
    GenericRecord more = column(texts(1000, 90)); // 270,000 bytes together
    assertThat((List<?>) more.get("values")).isEmpty();
    assertThat(more.get("valuesOverflow")).isEqualTo(true);
    GenericRecord distinct = (GenericRecord) more.get("distinct");
    assertThat((List<?>) distinct.get("hashes")).hasSize(512);
  }

  /** Texts of this length; the one with the highest number is the most frequent one. */
  private static ColumnProfile texts(int distinct, int length) {
    TextStatistics texts = new TextStatistics(1000);
    for (int i = 0; i < distinct; i++) {
      for (int times = 0; times <= i; times++) {
        texts.add(String.format("%03d", i) + "\u4eac".repeat(length - 1));
      }
    }
    return texts.toMergeable("s", ElementType.STRING, List.of());
  }

  private GenericRecord column(ColumnProfile column) {
    KafkaMessage message = encoder.map(window(0L, "", List.of(column)));
    assertThat(message.value()).hasSizeLessThan(300 << 10);
    GenericRecord profile = Batches.read("DataProfile.avsc", message.value());
    return (GenericRecord) ((List<?>) profile.get("columns")).get(0);
  }

  private static String quantiles(ColumnProfile column) {
    double[] p = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
    return Arrays.stream(p)
        .mapToObj(
            at ->
                "{\"p\": "
                    + at
                    + ", \"value\": "
                    + column.quantile(at).value()
                    + ", \"errorBound\": "
                    + column.quantile(at).errorBound()
                    + "}")
        .collect(Collectors.joining(", ", "[", "]"));
  }

  @Test
  void writesSummariesAndLateRows() {
    KafkaMessage summary = encoder.map(window(0L, "", List.of()));
    assertThat(key(summary)).isEqualTo("INPUT/aa/bb//1970-01-01T00:00:00Z/1970-01-01T01:00:00Z/");
    KafkaMessage late = encoder.map(window(null, "", List.of()));
    assertThat(key(late)).isEqualTo("INPUT/aa/bb//late/late/");
    GenericRecord profile = Batches.read("DataProfile.avsc", late.value());
    assertThat(profile.get("windowStart")).isNull();
    assertThat(profile.get("windowEnd")).isNull();
    assertThat((List<?>) profile.get("columns")).isEmpty();
  }

  private static DataProfile window(Long start, String segment, List<ColumnProfile> columns) {
    return new DataProfile(
        ProfileKind.INPUT,
        new ProfiledModel("pm25", "3", "aa"),
        new ProfiledWindow(
            "bb", segment, start, start == null ? null : start + 3_600_000, "PT1H", "UTC", 2),
        new RowCounts(100, 10, 1),
        columns,
        List.of(),
        List.of(),
        null,
        "test");
  }

  private static String key(KafkaMessage message) {
    return new String(message.key(), StandardCharsets.UTF_8);
  }
}
