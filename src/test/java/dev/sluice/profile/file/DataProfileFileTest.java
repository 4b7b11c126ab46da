package dev.sluice.profile.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DataSet;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataProfileFileTest {
  @TempDir Path folder;

  private static DataProfile profile() {
    NumberStatistics numbers = new NumberStatistics(Grid.of(0.0, 1.5, 1e22), 20);
    numbers.add(new double[] {1, 2, 0.1, Double.NaN}, 4);
    TextStatistics texts = new TextStatistics(10);
    texts.add("N");
    texts.add("\"Ü\" \ud83d\ude00 \ud83d");
    texts.addMissing(2);
    ColumnProfile temperature =
        numbers
            .toProfile("TEMP", ElementType.FLOAT, List.of(1.5))
            .withExpectations(
                List.of(
                    Expectation.range(-40.0, 50.0, Severity.CRITICAL).asSuggested(),
                    Expectation.of(ExpectationType.FINITE, Severity.WARNING)))
            .withDrift(new ColumnDrift("psi", 0.25, 0.2, 0, DriftVerdict.DRIFT));
    ColumnProfile wind =
        texts
            .toProfile("wd", ElementType.STRING, List.of())
            .withExpectations(List.of(Expectation.oneOf(Set.of("N", "S"), Severity.INFO)))
            .withDrift(new ColumnDrift("psi", null, 0.2, 0, DriftVerdict.INSUFFICIENT_DATA));
    ColumnProfile empty =
        new NumberStatistics(Grid.universal(), 20).toProfile("p", ElementType.FLOAT, List.of());
    return new DataProfile(
        1,
        ProfileKind.BASELINE,
        "m",
        "1",
        "aa",
        "",
        -5L,
        10L,
        "P1D",
        "Asia/Shanghai",
        "",
        0,
        4,
        1,
        0,
        List.of(temperature, wind),
        List.of(empty),
        new DataSet("d", "cc", 4, 1L, 2L),
        "test");
  }

  private static String text() {
    return new String(DataProfileFile.toBytes(profile()), StandardCharsets.UTF_8);
  }

  private static DataProfile read(String json) throws IOException {
    return DataProfileFile.read(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), "data-profile.json");
  }

  @Test
  void readsWhatItWrote() throws IOException {
    Path file = folder.resolve("data-profile.json");
    DataProfileFile.write(profile(), file);
    assertThat(DataProfileFile.read(file)).isEqualTo(profile());
    assertThat(DataProfileFile.toBytes(DataProfileFile.read(file)))
        .isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void isLaidOutForPeople() {
    assertThat(text())
        .startsWith("{\n  \"formatVersion\": 1,\n  \"kind\": \"BASELINE\",\n")
        .contains("      \"gridEdges\": [0.0, 1.5, 1.0E22],\n")
        .contains("      \"gridCounts\": [0, 2, 1, 0],\n")
        .contains("        \"N\": 1")
        .contains("\n        {\n          \"type\": \"RANGE\",\n          \"min\": -40.0,\n")
        .doesNotContain(" \n")
        .endsWith("}\n");
  }

  @Test
  void hashesTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("abc"), "abc");
    assertThat(DataProfileFile.sha256(file))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); // FIPS 180
  }

  @Test
  void hashesADataSetWhateverTheOrderOfItsFiles() {
    String a = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    String b = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
    assertThat(DataProfileFile.sha256(List.of(a))).isEqualTo(a);
    assertThat(DataProfileFile.sha256(List.of(a, b)))
        .isEqualTo(DataProfileFile.sha256(List.of(b, a)))
        .isEqualTo("1d09128b59f830cd6cd447536d36599f3597fbbf5748b5a5142e75e69da14913"); // sha256sum
    assertThatThrownBy(() -> DataProfileFile.sha256(List.<String>of()))
        .hasMessage("data set has no files, expected some");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"formatVersion\": 1 | \"formatVersion\": 2 | formatVersion is 2, expected 1, the version",
        "\"kind\": \"BASELINE\" | \"kind\": \"BASE\" | kind is BASE, expected one of BASELINE, INPUT",
        "\"creator\" | \"createor\" | creator is missing, expected text",
        "\"min\": -40.0 | \"min\": 60 | columns[0].expectations[0].min is 60.0, expected at most",
        "\"severity\": \"CRITICAL\" | \"severity\": \"BAD\""
            + " | columns[0].expectations[0].severity is BAD, expected one of CRITICAL, WARNING",
        "\"severity\": \"CRITICAL\" | \"severety\": \"CRITICAL\""
            + " | columns[0].expectations[0].severity is missing, expected text",
        "\"type\": \"FINITE\" | \"type\": \"SET\" | columns[0].expectations[1]: SET has 0 values",
        "\"gridCounts\": [0, 2, 1, 0] | \"gridCounts\": [0, 2, 1]"
            + " | columns[0].gridCounts is 3 counts, expected 4, one more than the 3 edges",
        "\"gridCounts\": [0, 2, 1, 0] | \"gridCounts\": [0, -2, 1, 0]"
            + " | columns[0].gridCounts[1] is -2, expected an integer from 0",
        "\"gridCounts\": [0, 2, 1, 0] | \"gridCounts\": [0, 2, 2, 0] | columns[0].rows is 4, expected",
        "[0.0, 1.5, 1.0E22] | [0.0, 1.5, 1.5] | columns[0].gridEdges: grid edge 2 is 1.5, expected",
        "[0.0, 1.5, 1.0E22] | [0.0, 1.5, 1e999] | columns[0].gridEdges[2] is",
        "\"massEdges\": [1.5] | \"massEdges\": [1.6] | columns[0].massEdges[0] is 1.6, expected one",
        "\"name\": \"wd\" | \"name\": \"TEMP\" | columns[1].name is TEMP, expected a name that is not",
        "\"sum\": \" | \"sum\": \"x | columns[0].sum is x",
        "\"suggested\": true | \"suggested\": 1 | columns[0].expectations[0].suggested is 1, expected",
        "\"value\": 0.25 | \"value\": -1 | columns[0].drift: psi is -1.0 with verdict DRIFT",
        "\"missing\": 2 | \"missing\": 1 | columns[1].rows is 4, expected the sum of all counts",
        "\"valueType\": \"STRING\" | \"valueType\": \"TEXT\" | columns[1].valueType is TEXT",
        "\"windowStart\": -5 | \"windowStart\": 50 | windowStart is 50, expected less than windowEnd",
        "\"modelName\" | \"kind\" | Duplicate field 'kind'",
        "\"valuesOverflow\": false | \"nan\": 0 | columns[1].valuesOverflow is missing",
        "\"saturated\": 0 | \"saturated\": 0, \"sature\": 1"
            + " | columns[0].sature is there, expected only known keys",
        "\"sha256\": | \"sha\": 1, \"sha256\": | dataSet.sha is there, expected only known keys",
        "\"suggested\": true | \"suggest\": true"
            + " | columns[0].expectations[0].suggest is there, expected only known keys",
        "\"timeZone\" | \"extra\": {}, \"timeZone\" | extra is there, expected only known keys: ",
      })
  void refusesWhatIsNotSoundAndNamesThePlace(String from, String to, String message) {
    String good = text();
    String bad = good.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to));
    assertThat(bad).isNotEqualTo(good);
    assertThatThrownBy(() -> read(bad))
        .isInstanceOf(DataProfileException.class)
        .hasMessageStartingWith("data-profile.json: ")
        .hasMessageContaining(message);
  }

  @Test
  void refusesWhatIsNoJson() {
    for (String bad : new String[] {"", "[]", "{", "{} {}", "null", "{\"a\": NaN}"}) {
      assertThatThrownBy(() -> read(bad))
          .isInstanceOf(DataProfileException.class)
          .hasMessageStartingWith("data-profile.json: ");
    }
  }

  @Test
  void refusesASecondDocument() {
    assertThatThrownBy(() -> read(text() + "{}"))
        .isInstanceOf(DataProfileException.class)
        .hasMessageContaining("Trailing token");
  }

  @Test
  void refusesRangesOnTexts() {
    assertThatThrownBy(
            () ->
                read(
                    text()
                        .replace(
                            "\"type\": \"SET\",\n          \"values\": [\"N\", \"S\"]",
                            "\"type\": \"RANGE\", \"min\": 1")))
        .hasMessageContaining("columns[1].expectations[0].type is RANGE, expected one for values");
  }

  @Test
  void readsSetsOfWholeNumbersForIntegers() throws IOException {
    String codes = numbers("INT64", "\"SET\", \"values\": [\"9\", \"-10\"]");
    assertThat(read(codes).column("TEMP").orElseThrow().expectations())
        .filteredOn(expectation -> expectation.type() == ExpectationType.SET)
        .flatExtracting(Expectation::values)
        .containsExactly("-10", "9");
    assertThatThrownBy(() -> read(numbers("INT64", "\"SET\", \"values\": [\"1.5\"]")))
        .hasMessageContaining(
            "columns[0].expectations[1].values is 1.5, expected whole numbers of 64 bits");
    assertThatThrownBy(() -> read(numbers("DOUBLE", "\"SET\", \"values\": [\"1\"]")))
        .hasMessageContaining("columns[0].expectations[1].type is SET, expected one for values");
  }

  /** Gives the column of numbers another type, and another expectation in place of FINITE. */
  private static String numbers(String type, String expectation) {
    return text()
        .replaceFirst("\"valueType\": \"[A-Z0-9]+\"", "\"valueType\": \"" + type + "\"")
        .replaceFirst("\"FINITE\"", Matcher.quoteReplacement(expectation));
  }

  @Test
  void isSerializable() throws IOException {
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      out.writeObject(profile());
    }
  }
}
