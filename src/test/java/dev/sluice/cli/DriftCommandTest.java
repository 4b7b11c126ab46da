package dev.sluice.cli;

import static dev.sluice.cli.CommandLineRun.isRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two files, compared by every metric; the expected numbers are those of {@code dev.sluice.drift}.
 */
class DriftCommandTest {
  private static final String FIRST = "38.7\n41.5\n43.8\n44.5\n45.5\n46.0\n47.7\n58.0\n";
  private static final String SECOND = "39.2\n39.3\n39.7\n41.4\n41.8\n42.9\n43.3\n45.8\n";

  @TempDir Path directory;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private static CommandLineRun drift(Path reference, Path current, String... more) {
    List<String> arguments = new ArrayList<>(List.of("drift", "--reference=" + reference));
    arguments.add("--current=" + current);
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private CommandLineRun drift(String reference, String current, String... more)
      throws IOException {
    return drift(file("a", reference), file("b", current), more);
  }

  private JsonNode column(String reference, String current) throws IOException {
    return json(drift(reference, current, "--json")).at("/columns/0");
  }

  private static JsonNode json(CommandLineRun run) throws IOException {
    assertThat(run.code()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  private static double value(JsonNode column, String metric) {
    JsonNode value = column.at("/metrics/" + metric + "/value");
    assertThat(value.isNumber()).as(column.toPrettyString()).isTrue();
    return value.doubleValue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x\n", "\"x\"\n"})
  void numbersWithAndWithoutAHeader(String header) throws IOException {
    JsonNode column = column(header + FIRST, header + SECOND);

    assertThat(column.get("name").textValue()).isEqualTo(header.isEmpty() ? "" : "x");
    assertThat(column.get("type").textValue()).isEqualTo("number");
    assertThat(column.at("/reference/values").intValue()).isEqualTo(8);
    assertThat(value(column, "ks_distance")).isEqualTo(0.625);
    assertThat(value(column, "wasserstein_1")).isCloseTo(4.1625, within(2e-15));
    assertThat(value(column, "wasserstein_1_normed")).isCloseTo(0.781236105789365, within(1e-15));
    assertThat(column.at("/metrics/js_distance_base_2/base").textValue()).isEqualTo("2");
    assertThat(column.at("/metrics/js_distance_base_2/root").textValue()).isEqualTo("square root");
    assertThat(column.at("/metrics/ks_distance/base").isNull()).isTrue();
    assertThat(column.at("/cells/0/cell").textValue()).startsWith("(-Infinity, ");
  }

  @Test
  void aGzippedFileIsReadAlike() throws IOException {
    Path packed = directory.resolve("a.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(FIRST.getBytes(StandardCharsets.UTF_8));
    }
    CommandLineRun run = drift(packed, file("b.csv", SECOND));
    assertThat(run.out()).containsPattern("ks_distance +0\\.625 ").contains("numbers");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 12, 20})
  void aBrokenGzipFileIsNamed(int length) throws IOException {
    byte[] broken =
        Arrays.copyOf(new byte[] {0x1f, (byte) 0x8b, (byte) (length > 4 ? 8 : 7)}, length);
    broken[length - 1] = (byte) 0xff;
    Path packed = Files.write(directory.resolve("a.gz"), broken);
    CommandLineRun run = drift(packed, file("b", FIRST));
    isRefused(run, "a.gz ");
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void missingValuesAndNaNAreCounted() throws IOException {
    JsonNode column = column("1\n\nNaN\n2\n\"\"\n3\n\n\n", "1\n2\nnan\n-inf\n");

    assertThat(column.at("/reference/values").intValue()).isEqualTo(4);
    assertThat(column.at("/reference/nan").intValue()).isEqualTo(1);
    assertThat(column.at("/reference/missing").intValue()).isEqualTo(2);
    assertThat(column.at("/current/nan").intValue()).isEqualTo(1);
    assertThat(column.get("cells").findValuesAsText("cell")).contains("NaN", "-Infinity");
    assertThat(column.at("/metrics/wasserstein_1/value").isNull()).isTrue();
    assertThat(column.at("/metrics/wasserstein_1/note").textValue()).contains("infinite");
    assertThat(value(column, "js_divergence_base_2_apart"))
        .isGreaterThan(value(column, "js_divergence_base_2"));
  }

  @Test
  void countsOfNumbersAreCategoriesInOrder() throws IOException {
    JsonNode column =
        column(
            "value,count\n0,16\n1,18\n2,16\n3,14\n4,12\n5,12\n",
            "0,16\n1,16\n2,16\n3,16\n4,16\n5,8");

    assertThat(value(column, "psi")).isCloseTo(0.037218381577290835, within(1e-15));
    assertThat(value(column, "js_distance_base_e")).isCloseTo(0.06804819617703867, within(1e-15));
    assertThat(value(column, "hellinger")).isCloseTo(0.0681277437, within(1e-10));
    assertThat(value(column, "ks_distance")).isCloseTo(4 / 88.0, within(1e-15));
    assertThat(column.at("/metrics/chi_square/degreesOfFreedom").intValue()).isEqualTo(5);
  }

  @Test
  void countsOfTexts() throws IOException {
    JsonNode column = column("a,10\nb,20\nc,25\nd,10\ne,5\n", "a,11\nb,20\nc,25\nd,10\ne,10\n");

    assertThat(value(column, "l_infinity")).isCloseTo(0.06015037593984962, within(1e-15));
    assertThat(column.get("metrics").has("ks_distance")).isFalse();
  }

  @Test
  void textsBeginWithAHeaderWhereBothDo() throws IOException {
    assertThat(value(column("b\nb\na\na\nc\n", "a\na\nZ\nY\nX\n"), "js_divergence_base_2"))
        .isCloseTo(0.6, within(1e-15));
    JsonNode headed = column("wd\nb\nb\na\na\nc\n", "wd\na\na\nZ\nY\nX\n");
    assertThat(headed.get("name").textValue()).isEqualTo("wd");
    assertThat(value(headed, "js_divergence_base_2")).isCloseTo(0.6, within(1e-15));
    assertThat(drift("wd\nb\na\n", "wd\na\na\n", "--header=false").out())
        .contains("3 values against 3 values");
  }

  @ParameterizedTest
  @CsvSource({
    "'1\n2\nx\n','1\n3\nx\n',3",
    "'a\nb\nc\nd\n','a\nb\nc\ne\n',4",
    "'a\nb\n','a\nc\n',2"
  })
  void aFirstTextThatMayBeAValueIsNoHeader(String reference, String current, int values)
      throws IOException {
    JsonNode column = column(reference, current);
    assertThat(column.get("name").textValue()).isEmpty();
    assertThat(column.at("/reference/values").intValue()).isEqualTo(values);
    assertThat(value(column, "l_infinity")).isCloseTo(1.0 / values, within(1e-15));
  }

  @Test
  void aConstantThatBecomesLessIsSeen() throws IOException {
    assertThat(value(column("5\n5\n5\n", "4\n4\n4\n"), "l_infinity")).isEqualTo(1);
    assertThat(value(column("5\n5\n5\n", "6\n6\n6\n"), "l_infinity")).isEqualTo(1);
    assertThat(value(column("5\n5\n5\n", "5\n"), "psi")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "low,high,count\n2,4,2\n4,6,2\n",
        "4,6,2\n2,4,2\n",
        "[2,4]:2\n[4,6]:2\n",
        "\"[2,4]\",2\n\"[4,6]\",2\n",
        "bucket,count\n(2, 4],2\n(4, 6],2\n"
      })
  void histogramsInEveryForm(String current) throws IOException {
    JsonNode column = column("1,2,2\n2,3,2\n", current);

    assertThat(column.get("type").textValue()).isEqualTo("histogram");
    assertThat(value(column, "js_divergence_base_2")).isCloseTo(0.65563906222, within(1e-10));
    assertThat(column.at("/metrics/ks_distance/errorBound").doubleValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"NaN:1\n[1,2]:3\n", "NaN,1\n1,2,3\n", "1,2,3\nNaN,NaN,1\n", "1,2,3\nnan,,1"})
  void aHistogramHasNaN(String reference) throws IOException {
    JsonNode column = column(reference, "[1,2],4\n");

    assertThat(value(column, "js_divergence_base_2")).isCloseTo(0.13792538096, within(1e-10));
    assertThat(column.at("/reference/nan").intValue()).isEqualTo(1);
  }

  @Test
  void scaledCountsHaveFractions() throws IOException {
    JsonNode column = column("hello,0.1\nworld,0.9\n", "hello,0.3\nworld,0.7\n");
    assertThat(value(column, "l_infinity")).isCloseTo(0.2, within(1e-15));
  }

  @Test
  void nothingAtAllIsEqualByLInfinityAlone() throws IOException {
    JsonNode column = column("value,count\n", "value,count\n");
    assertThat(value(column, "l_infinity")).isZero();
    assertThat(column.at("/metrics/psi/note").textValue()).isEqualTo("both have no values");
  }

  @Test
  void theLevelChangesTheCriticalValue() throws IOException {
    assertThat(drift(FIRST, SECOND).out()).contains("criticalValue 0.679", "coefficient 1.8");
    assertThat(drift(FIRST, SECOND, "--significance=0.1").out())
        .contains("significance 0.1, criticalValue 0.61", "coefficient 1.22");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'1\n2\nx\n'|'1\n2\n'|has texts",
        "''|'1\n'|a is empty, expected values, counts, buckets or a data profile",
        "'1,2,3,4\n'|'1\n'|a has 4 columns, expected one of values, two of value,count",
        "'a,x\nb,y'|'1\n'|line 2: the count is 'y', expected a number of 0 or more",
        "'a,-1\nb,2'|'1\n'|line 1: the count is '-1', expected a number of 0 or more",
        "'a,1e999\nb,2'|'a,1'|line 1: the count is '1e999', expected a number of 0 or more",
        "'1e999\n2\n'|'1\n'|line 1: the value is '1e999', expected a number; --type text",
        "'1,2,2\n1.5,3,2'|'1,2,2'|a: bucket [1.5, 3.0] overlaps [1.0, 2.0], expected none to",
        "'1,2,2\n3,2,2'|'1,2,2'|a line 2: bucket is from 3.0 to 2.0",
        "'1,2,2\n3,x,2'|'1,2,2'|a line 2: the bound is 'x', expected a number",
        "'1\n2,3\n'|'1'|line 1 has 1 cells, expected value,count",
        "'1\n2\n'|'[1,2]:3\n'|of form numbers and ",
        "'{}'|'1\n'|a: ",
      })
  void badFilesAreRefused(String reference, String current, String message) throws IOException {
    CommandLineRun run = drift(reference, current);
    if (message.equals("has texts")) {
      isRefused(run, "of form texts", "of form numbers", "--type text");
      return;
    }
    isRefused(run, message);
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void aTextAmongNumbersIsNamedByItsLine() throws IOException {
    String numbers = "1\n".repeat(2000);
    isRefused(
        drift(numbers + "x\n", numbers),
        "line 2001: the value is 'x', expected a number; --type text takes every value as a text");
    assertThat(drift(numbers + "x\n", numbers, "--type=text").code()).isZero();
    isRefused(drift(numbers, numbers, "--significance=2"), "--significance is 2.0");
    isRefused(drift(directory, file("b", numbers)), "is a directory, expected a file");
    isRefused(drift(directory.resolve("none"), file("b", numbers)), "does not exist");
  }

  @ParameterizedTest
  @ValueSource(strings = {"float", "double"})
  void profilesAreComparedLikeTheirFiles(String type) throws IOException {
    StringBuilder a = new StringBuilder("x\n");
    StringBuilder b = new StringBuilder("x\n");
    for (int i = 0; i < 3000; i++) {
      a.append(i * 7919 % 3000 / 8.0).append('\n');
      b.append(i * 104729 % 3000 / 8.0 + (i % 2) * 50).append('\n');
    }
    Path reference = profile(file("a.csv", a.toString()), type);
    JsonNode itself = json(drift(reference, reference, "--json")).at("/columns/0");
    assertThat(value(itself, "psi")).isZero();
    assertThat(value(itself, "ks_distance")).isZero();
    assertThat(itself.at("/metrics/ks_distance/errorBound").doubleValue())
        .isCloseTo(0.01, within(0.001));

    CommandLineRun other = drift(reference, profile(file("b.csv", b.toString()), type), "--json");
    isRefused(other, "no column that can be compared", "grids that differ");
    isRefused(drift(reference, file("b.csv", b.toString())), "data profile", "numbers");
  }

  private static Path profile(Path csv, String type) throws IOException {
    Path schema =
        Files.writeString(
            csv.resolveSibling("x.avsc"),
            """
            {"type": "record", "name": "Row", "fields": [{"name": "x", "type": "%s"}]}
            """
                .formatted(type));
    Path out = csv.resolveSibling(csv.getFileName() + ".json");
    CommandLineRun run =
        CommandLineRun.of(
            "profile", "--data=" + csv, "--schema=" + schema, "--out=" + out, "--overwrite");
    assertThat(run.code()).as(run.err()).isZero();
    return out;
  }

  @Test
  void textsThatAreNotUtf8AreRefused() throws IOException {
    Path latin1 = directory.resolve("latin1");
    Files.writeString(latin1, "name\nMuller\nM\u00fcller\n", StandardCharsets.ISO_8859_1);
    assertThat(drift(file("a", "name\nMuller\n"), latin1))
        .satisfies(
            run -> {
              assertThat(run.code()).isEqualTo(2);
              assertThat(run.err()).contains("latin1, line 3: a cell is M", "UTF-8");
            });
  }
}
