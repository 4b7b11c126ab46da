package dev.sluice.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.ProfileKind;
import dev.sluice.record.ElementType;
import dev.sluice.record.Header;
import dev.sluice.record.KafkaMessage;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class ProfileEncoderTest {
  private static final BigInteger WIDE = BigInteger.TWO.pow(100);

  private final ProfileEncoder encoder = new ProfileEncoder();

  @Test
  void writesAColumnOfNumbers() {
    ColumnProfile column =
        new ColumnProfile(
            "TEMP",
            ElementType.FLOAT,
            12,
            1,
            2,
            3,
            4,
            5,
            6,
            -1.5,
            2.5,
            0.5,
            0.25,
            16,
            WIDE,
            WIDE.negate(),
            List.of(0.0, 1.0),
            List.of(1L, 0L, 1L),
            List.of(1.0),
            null,
            null,
            Map.of(),
            false,
            List.of(),
            new ColumnDrift("psi", 0.3, 0.2, 0.01, DriftVerdict.DRIFT));
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
            "5",
            "-1.5",
            "2.5",
            "0.5",
            "0.25",
            "16",
            WIDE.toString(),
            WIDE.negate().toString(),
            "6",
            "[0.0, 1.0]",
            "[1, 0, 1]",
            "[1.0]",
            "null",
            "null",
            "[]",
            "false");
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
        new ColumnProfile(
            "wd",
            ElementType.STRING,
            7,
            0,
            0,
            0,
            0,
            0,
            0,
            null,
            null,
            null,
            null,
            0,
            BigInteger.ZERO,
            BigInteger.ZERO,
            List.of(),
            List.of(),
            List.of(),
            0,
            3,
            values,
            true,
            List.of(),
            new ColumnDrift("psi", null, 0.2, 0, DriftVerdict.INSUFFICIENT_DATA));
    KafkaMessage message = encoder.map(window(0L, "Dongsi", List.of(column)));
    assertThat(key(message))
        .isEqualTo("INPUT/aa/bb/Dongsi/1970-01-01T00:00:00Z/1970-01-01T01:00:00Z/wd");
    GenericRecord profile = Batches.read("DataProfile.avsc", message.value());
    assertThat(profile.get("segment")).hasToString("Dongsi");
    GenericRecord written = (GenericRecord) ((List<?>) profile.get("columns")).get(0);
    assertThat(written.get("values"))
        .hasToString("[{\"value\": \"NNE\", \"count\": 5}, {\"value\": \"\", \"count\": 2}]");
    assertThat(written.get("valuesOverflow")).isEqualTo(true);
    assertThat(written.get("minLength")).isEqualTo(0);
    assertThat(written.get("maxLength")).isEqualTo(3);
    assertThat(written.get("min")).isNull();
    assertThat(written.get("mean")).isNull();
    GenericRecord drift = (GenericRecord) written.get("drift");
    assertThat(drift.get("value")).isNull();
    assertThat(drift.get("verdict")).hasToString("INSUFFICIENT_DATA");
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
        DataProfile.FORMAT_VERSION,
        ProfileKind.INPUT,
        "pm25",
        "3",
        "aa",
        "bb",
        start,
        start == null ? null : start + 3_600_000,
        "PT1H",
        "UTC",
        segment,
        2,
        100,
        10,
        1,
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
