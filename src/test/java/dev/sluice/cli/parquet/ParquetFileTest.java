package dev.sluice.cli.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.DuckDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that DuckDB writes, and files that are damaged. */
class ParquetFileTest {
  /** 5000 rows over several row groups; repeated values (a dictionary) and distinct ones. */
  private static final String ROWS =
      """
      SELECT i, i % 7 = 0 AS flag, (i * 1000000007)::BIGINT AS big, (i / 3.0)::FLOAT AS f,
        CASE WHEN i % 5 = 0 THEN NULL ELSE sqrt(i) END AS d, 'value ' || (i % 11) AS few,
        'text ' || i AS many, [i, NULL, i + 1]::INTEGER[] AS list,
        CASE WHEN i % 3 = 0 THEN NULL ELSE {'a': i, 'b': 'x' || i} END AS nested
      FROM range(5000) t(i)
      """;

  @TempDir Path directory;

  private static List<ObjectNode> read(Path path) throws IOException {
    List<ObjectNode> rows = new ArrayList<>();
    try (ParquetFile file = ParquetFile.open(path)) {
      ParquetRecords<ObjectNode> records =
          file.records(file.schema(), new JsonMaterializer(file.schema(), Map.of()));
      for (ObjectNode row = records.next(); row != null; row = records.next()) {
        rows.add(row);
      }
      assertThat(records.read()).isEqualTo(file.rows()).isEqualTo(rows.size());
    }
    return rows;
  }

  private List<ObjectNode> rows(String query, String options) throws Exception {
    try (DuckDb duck = new DuckDb()) {
      return read(duck.parquet(query, directory.resolve("a.parquet"), options));
    }
  }

  private static JsonNode json(String text) throws IOException {
    return JsonMapper.builder().build().readTree(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"uncompressed", "snappy", "gzip", "zstd", "lz4_raw"})
  void everyPackingAndEncodingGivesTheSameRows(String codec) throws Exception {
    for (String version : List.of("V1", "V2")) {
      List<ObjectNode> rows =
          rows(
              ROWS,
              "COMPRESSION %s, PARQUET_VERSION %s, ROW_GROUP_SIZE 2048".formatted(codec, version));

      assertThat(rows).hasSize(5000);
      for (int i = 0; i < rows.size(); i++) {
        ObjectNode row = rows.get(i);
        assertThat(row.get("i").longValue()).isEqualTo(i);
        assertThat(row.get("flag").booleanValue()).isEqualTo(i % 7 == 0);
        assertThat(row.get("big").longValue()).isEqualTo(i * 1000000007L);
        assertThat(row.get("f").floatValue()).isEqualTo((float) (i / 3.0));
        if (i % 5 == 0) {
          assertThat(row.has("d")).isFalse();
        } else {
          assertThat(row.get("d").doubleValue()).isEqualTo(Math.sqrt(i));
        }
        assertThat(row.get("few").textValue()).isEqualTo("value " + i % 11);
        assertThat(row.get("many").textValue()).isEqualTo("text " + i);
        assertThat(row.get("list").toString()).isEqualTo("[%d,null,%d]".formatted(i, i + 1));
        if (i % 3 == 0) {
          assertThat(row.has("nested")).isFalse();
        } else {
          assertThat(row.get("nested").toString())
              .isEqualTo("{\"a\":%d,\"b\":\"x%d\"}".formatted(i, i));
        }
      }
    }
  }

  @Test
  void everyTypeHasItsMeaning() throws Exception {
    ObjectNode row =
        rows(
                """
                SELECT 1.25::DECIMAL(4,2) AS d4, -12345678901.5::DECIMAL(18,1) AS d18,
                  -1.5::DECIMAL(38,10) AS d38, DATE '1970-01-11' AS date,
                  TIMESTAMP '1970-01-01 00:00:01.5' AS micros,
                  TIMESTAMP_MS '1970-01-01 00:00:01.5' AS millis,
                  TIMESTAMP_NS '1970-01-01 00:00:01.5' AS nanos,
                  TIMESTAMPTZ '1970-01-01 01:00:00+01' AS zoned, TIME '00:00:02' AS time,
                  200::UTINYINT AS u8, 4000000000::UINTEGER AS u32,
                  18446744073709551615::UBIGINT AS u64, -3::TINYINT AS i8,
                  '6f1c1f0e-0000-4000-8000-00000000000a'::UUID AS uuid, 'b'::ENUM('a','b') AS e,
                  'nan'::DOUBLE AS nan, '-inf'::FLOAT AS inf, 'é☃'::VARCHAR AS text,
                  '\\xFF\\x00'::BLOB AS blob, MAP {'k': 1, 'l': NULL} AS map,
                  [[1, 2], []]::INTEGER[][] AS lists, []::INTEGER[] AS empty,
                  [{'x': 1}, NULL] AS structs, NULL::INTEGER AS none
                """,
                "COMPRESSION snappy")
            .get(0);

    assertThat(row.get("d4").decimalValue()).isEqualTo("1.25");
    assertThat(row.get("d18").decimalValue()).isEqualTo("-12345678901.5");
    assertThat(row.get("d38").decimalValue()).isEqualByComparingTo("-1.5");
    assertThat(row.get("date").longValue()).isEqualTo(10);
    assertThat(row.get("micros").longValue()).isEqualTo(1_500_000);
    assertThat(row.get("millis").longValue()).isEqualTo(1_500);
    assertThat(row.get("nanos").longValue()).isEqualTo(1_500_000_000);
    assertThat(row.get("zoned").longValue()).isZero();
    assertThat(row.get("time").longValue()).isEqualTo(2_000_000);
    assertThat(row.get("u8").longValue()).isEqualTo(200);
    assertThat(row.get("u32").longValue()).isEqualTo(4_000_000_000L);
    assertThat(row.get("u64").bigIntegerValue()).isEqualTo("18446744073709551615");
    assertThat(row.get("i8").intValue()).isEqualTo(-3);
    assertThat(row.get("uuid").textValue()).isEqualTo("6f1c1f0e-0000-4000-8000-00000000000a");
    assertThat(row.get("e").textValue()).isEqualTo("b");
    assertThat(row.get("nan").doubleValue()).isNaN();
    assertThat(row.get("inf").textValue()).isEqualTo("-Infinity");
    assertThat(row.get("text").textValue()).isEqualTo("é☃");
    assertThat(row.get("blob").binaryValue()).containsExactly(0xFF, 0);
    assertThat(row.get("map")).isEqualTo(json("{\"k\": 1, \"l\": null}"));
    assertThat(row.get("lists")).isEqualTo(json("[[1, 2], []]"));
    assertThat(row.get("empty")).isEqualTo(json("[]"));
    assertThat(row.get("structs")).isEqualTo(json("[{\"x\": 1}, null]"));
    assertThat(row.has("none")).isFalse();
  }

  @Test
  void aPackingThatIsNotReadIsNamed() {
    assertThatThrownBy(() -> rows("SELECT 'a' AS t", "COMPRESSION brotli"))
        .isInstanceOf(ParquetException.class)
        .hasMessageContaining("column t is packed by BROTLI, expected UNCOMPRESSED, SNAPPY");
  }

  @Test
  void aFileThatIsCutOrForeignIsRefused() throws Exception {
    rows("SELECT 1 AS a", "COMPRESSION zstd");
    Path file = directory.resolve("a.parquet");
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> read(file))
          .isInstanceOf(ParquetException.class)
          .hasMessageContaining("a.parquet cannot be read as Parquet");
    }
  }

  /** Whatever is changed, there are rows or the one error, in little time. */
  @Test
  void damageIsOneError() throws Exception {
    Path file = directory.resolve("a.parquet");
    Random random = new Random(7);
    int refused = 0;
    for (String codec : List.of("uncompressed", "snappy", "gzip", "zstd")) {
      rows(ROWS.replace("5000", "60"), "COMPRESSION " + codec);
      byte[] bytes = Files.readAllBytes(file);
      for (int round = 0; round < 1500; round++) {
        byte[] damaged = bytes.clone();
        for (int i = 0; i <= random.nextInt(3); i++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        Files.write(file, damaged);
        try {
          read(file);
        } catch (ParquetException e) {
          refused++;
          assertThat(e.getMessage())
              .contains("a.parquet cannot be read as Parquet")
              .hasLineCount(1);
        }
      }
    }
    assertThat(refused).isGreaterThan(500);
  }
}
