package dev.sluice.profile.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.ValueSet;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DataSet;
import dev.sluice.profile.DriftMetric;
import dev.sluice.profile.DriftSign;
import dev.sluice.profile.DriftSignKind;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.Significance;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataProfileFileTest {
  @TempDir Path folder;

  private static DataProfile profile() {
    NumberStatistics numbers = new NumberStatistics(Grid.of(0.0, 1.5, 1e22), 20);
    numbers.add(new double[] {1, 2, 0.25, Double.NaN}, 4);
    TextStatistics texts = new TextStatistics(10);
    texts.add("N");
    texts.add("\"Ü\" \ud83d\ude00 \ud83d");
    texts.addMissing(2);
    ColumnProfile temperature =
        numbers
            .toProfile("TEMP", ElementType.FLOAT, List.of(1.5))
            .withExpectations(
                List.of(
                    Expectation.range("TEMP", -40.0, 50.0, Severity.CRITICAL).asSuggested(),
                    Expectation.of(ExpectationType.FINITE, "TEMP", Severity.WARNING)))
            .withDrift(
                new ColumnDrift(
                    "psi",
                    0.25,
                    0.2,
                    0,
                    DriftVerdict.DRIFT,
                    "season 07",
                    222,
                    new Significance("chi_square_homogeneity", 30.5, 9, 3e-4, true),
                    List.of(
                        new DriftMetric("psi", 0.25, 0), new DriftMetric("hellinger", 0.1, 0.01)),
                    List.of(
                        new DriftSign(
                            DriftSignKind.UNIT_CHANGE, 1000, "1000 times the reference"))))
            .withNote("sensor \"3\"\nnew in May");
    ColumnProfile wind =
        texts
            .toProfile("wd", ElementType.STRING, List.of())
            .withExpectations(List.of(Expectation.oneOf("wd", Set.of("N", "S"), Severity.INFO)))
            .withDrift(new ColumnDrift("psi", null, 0.2, 0, DriftVerdict.INSUFFICIENT_DATA));
    ColumnProfile empty =
        new NumberStatistics(Grid.universal(), 20).toProfile("p", ElementType.FLOAT, List.of());
    NumberStatistics many = new NumberStatistics(Grid.of(0.0, 300.0), 20);
    many.add(IntStream.range(0, 600).mapToDouble(i -> i % 599).toArray(), 600);
    Map<String, Long> common = new LinkedHashMap<>();
    common.put("0", 2L);
    common.put("17", 1L);
    ColumnProfile spread =
        many.toProfile("q", ElementType.INT64, List.of(300.0)).withCommonValues(common);
    return new DataProfile(
        ProfileKind.BASELINE,
        new ProfiledModel("m", "1", "aa"),
        new ProfiledWindow("", "", -5L, 10L, "P1D", "Asia/Shanghai", 0),
        new RowCounts(4, 1, 0),
        List.of(temperature, wind),
        List.of(empty, spread),
        List.of(),
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
  void isWrittenWholeOrNotAtAll() throws IOException {
    Path file = Files.writeString(folder.resolve("data-profile.json"), "before");
    Path before = Files.createLink(folder.resolve("before"), file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    DataProfileFile.write(profile(), link);
    assertThat(before).as("what was there is replaced, not overwritten").hasContent("before");
    assertThat(link).isSymbolicLink();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertThat(DataProfileFile.read(file)).isEqualTo(profile());
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("data-profile.json", "before", "link");
  }

  @Test
  void aBaselineSaysNothingOfRevisionsAndBooks() {
    assertThat(text()).doesNotContain("final", "readRecords", "failedRecords");
  }

  @Test
  void isLaidOutForPeople() {
    assertThat(text())
        .startsWith("{\n  \"formatVersion\": 1,\n  \"kind\": \"BASELINE\",\n")
        .contains("      \"gridEdges\": [0.0, 1.5, 1.0E22],\n")
        .contains("      \"gridCounts\": [0, 2, 1, 0],\n")
        .contains("        \"N\": 1")
        .contains("      \"name\": \"TEMP\",\n      \"note\": \"sensor \\\"3\\\"\\nnew in May\",\n")
        .contains(
            "      \"distinct\": {\"estimate\": 3, \"relativeError\": 0.0, \"exact\": true},\n")
        .contains("        \"p25\": {\"value\": 0.625, \"errorBound\": 0.0},\n")
        .contains("      \"massCounts\": [2, 1],\n")
        .contains("\n        {\n          \"type\": \"RANGE\",\n          \"min\": -40.0,\n")
        .doesNotContain(" \n")
        .endsWith("}\n");
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
        "\"type\": \"FINITE\" | \"type\": \"SET\" | columns[0].expectations[1].values is missing, expected an array",
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
        "\"windowEnd\": 10 | \"windowEnd\": null | windowEnd is missing, windowStart is -5",
        "\"note\": \" | \"variation\": [{\"block\": \"PT2562047788016H\", \"blocks\": 9, \"psi\": 0,"
            + " \"missingShare\": 0, \"flatShare\": 0}], \"note\": \""
            + " | columns[0].variation[0].block is PT2562047788016H, expected at most 36525 days",
        "\"modelName\" | \"kind\" | Duplicate field 'kind'",
        "\"valuesOverflow\": false, | ' ' | columns[0].valuesOverflow is missing",
        "\"saturated\": 0 | \"saturated\": 0, \"sature\": 1"
            + " | columns[0].sature is there, expected only known keys",
        "\"note\": \" | \"node\": \" | columns[0].node is there, expected only known keys",
        "\"note\": \" | \"note\": 1, \"more\": \" | columns[0].note is 1, expected text",
        "\"estimate\": 3, | \"estimate\": 4, | columns[0].distinct.estimate is 4.0, expected at most 3",
        "\"estimate\": 3, | \"estimate\": 2, | columns[0].distinct.estimate is 2.0, expected 3, exactly",
        "\"estimate\": 3, | \"estimate\": 2.5, | columns[0].distinct: estimate is 2.5, expected a whole",
        "\"relativeError\": 0.0 | \"relativeError\": 0.5 | columns[0].distinct: relativeError is 0.5",
        "\"exact\": true} | \"exact\": true, \"k\": 1} | columns[0].distinct.k is there, expected only",
        "\"exact\": false} | \"exact\": true} | outputs[1].distinct: relativeError is 0.044",
        "\"0.25\": 1 | \"0.250\": 1 | columns[0].values is 0.250, expected 0.25",
        "\"0.25\": 1 | \"NaN\": 1 | columns[0].values is NaN, expected finite numbers",
        "\"0.25\": 1 | \"x\": 1 | columns[0].values is x, expected numbers",
        "\"0.25\": 1 | \"0.25\": 0 | columns[0].values.0.25 is 0, expected an integer from 1 to 3",
        "\"0.25\": 1 | \"0.25\": 4 | columns[0].values.0.25 is 4, expected an integer from 1 to 3",
        "\"values\": {} | \"values\": {\"0\": 1} | outputs[0].values is 1 values, expected none, since",
        "\"0.25\": 1 | \"0.25\": 2 | columns[0].gridCounts[0] is 0, expected 0, the sum of values",
        "\"0.25\": 1 | \"1.5\": 1, \"0.25\": 1 | columns[0].gridCounts[",
        "\"0.25\": 1 | \"9\": 1 | columns[0].values is 9, expected min 0.25 to max 2.0",
        "\"zeros\": 0 | \"zeros\": 1 | columns[0].zeros is 1, expected as often as values say, 0",
        "\"min\": 0.25 | \"min\": -1 | columns[0].min is -1.0, expected a number of bin 1",
        "\"max\": 2.0 | \"max\": 1.5 | columns[0].max is 1.5, expected a number of bin 2, the last",
        "\"mean\": 1 | \"mean\": 2 | columns[0].mean is 2.0",
        "\"variance\": 0 | \"variance\": 1 | columns[0].variance is 1.5",
        "\"standardDeviation\": 0 | \"standardDeviation\": 1 | columns[0].standardDeviation is 1.7",
        "\"massCounts\": [2, 1] | \"massCounts\": [1, 2] | columns[0].massCounts is [1, 2], expected [2, 1]",
        "\"p25\": {\"value\": 0.625 | \"p25\": {\"value\": 0.626"
            + " | columns[0].quantiles.p25.value is 0.626, expected 0.625 within 0.0, which follows",
        "\"p25\": { | \"p26\": {\"v\": 1}, \"p25\": { | columns[0].quantiles.p26 is there, expected",
        "\"sumOfSquares\": \"5 | \"sumOfSquares\": \"-5 | columns[0].sumOfSquares is -5",
        "\"totalLength\": 8 | \"totalLength\": 99 | columns[1].totalLength is 99, expected an integer",
        "\"meanLength\": 4 | \"meanLength\": 5 | columns[1].meanLength is 5.0, expected 4.0, which",
        "\"minLength\": 1 | \"minLength\": 9 | columns[1].minLength is 9, expected at most maxLength",
        "\"maxLength\": 7, | ' ' | columns[1].minLength and maxLength is 1 and null, expected numbers",
        "\"17\": 1 | \"17\": 3 | outputs[1].commonValues.17 is 3, expected at most the one before, 2",
        "\"17\": 1 | \"17.0\": 1 | outputs[1].commonValues is 17.0, expected 17",
        "\"0\": 2 | \"0\": 601"
            + " | outputs[1].commonValues.0 is 601, expected an integer from 1 to 600",
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
  void whatFollowsFromOtherFieldsMayBeLeftOut() throws IOException {
    String less =
        text()
            .replaceAll(" *\"(mean|variance|standardDeviation|meanLength)\": [^\n]*\n", "")
            .replaceAll(" *\"massCounts\": [^\n]*\n", "")
            .replaceAll("(?s) *\"quantiles\": \\{.*?\n      \\},\n", "");
    assertThat(less)
        .doesNotContain("quantiles")
        .doesNotContain("mean")
        .doesNotContain("massCounts");
    assertThat(read(less)).isEqualTo(profile());
  }

  @Test
  void numbersWithoutValuesAreNotKnownOneByOne() throws IOException {
    String less =
        text()
            .replaceFirst("(?s) *\"distinct\": [^\n]*\n *\"values\": \\{.*?\\},\n", "")
            .replaceFirst(" *\"valuesOverflow\": false,\n", "")
            .replaceFirst("(?s) *\"quantiles\": \\{.*?\n      \\},\n", "");
    ColumnProfile column = read(less).column("TEMP").orElseThrow();
    assertThat(column.valuesOverflow()).isTrue();
    assertThat(column.distinct()).isNull();
    assertThat(column.quantile(0.5).errorBound()).isGreaterThan(0);
    assertThat(DataProfileFile.toBytes(read(less))).isNotEmpty();
  }

  @Test
  void whatIsWrittenIsBounded() {
    assertThatThrownBy(() -> read(text().replace("sensor", "x".repeat(5000))))
        .hasMessageContaining("columns[0].note is 5015 characters, expected at most 4096");
    assertThatThrownBy(() -> read(text().replace("\"N\": 1", "\"" + "N".repeat(257) + "\": 1")))
        .hasMessageContaining(
            "columns[1].values is with a text of 257 characters, expected texts of at most 256");
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      many.append("\"").append(100 + i).append("\": 1, ");
    }
    assertThatThrownBy(() -> read(text().replace("\"17\": 1", many + "\"17\": 1")))
        .hasMessageContaining("outputs[1].commonValues is 12 values, expected at most 10");
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
  void anEmptyFileIsNothing() {
    assertThatThrownBy(() -> read(""))
        .hasMessage("data-profile.json: the document is nothing, expected an object");
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
        .flatExtracting(e -> ((ValueSet) e.parameters()).values())
        .containsExactly("-10", "9");
    assertThatThrownBy(() -> read(numbers("INT64", "\"SET\", \"values\": [\"1.5\"]")))
        .hasMessageContaining(
            "columns[0].expectations[1].values is 1.5, expected whole numbers of 64 bits");
  }

  @Test
  void readsSetsOfNumbersAndBooleans() throws IOException {
    for (String type : List.of("DOUBLE", "FLOAT", "BOOL", "INT32")) {
      String stated = type.equals("BOOL") ? "\"true\"" : "\"1\", \"2\"";
      for (String set : List.of("SET", "NOT_IN_SET", "DISTINCT_IN_SET")) {
        String file = numbers(type, "\"" + set + "\", \"values\": [" + stated + "]");
        assertThat(read(file).column("TEMP").orElseThrow().expectations()).as(file).isNotEmpty();
      }
    }
    assertThat(read(numbers("DOUBLE", "\"SET\", \"values\": [\"0.1\"]")).columns()).isNotEmpty();
    assertThatThrownBy(() -> read(numbers("DOUBLE", "\"SET\", \"values\": [\"NaN\"]")))
        .hasMessageContaining("columns[0].expectations[1].values is NaN, expected finite numbers");
    assertThatThrownBy(() -> read(numbers("FLOAT", "\"SET\", \"values\": [\"a\"]")))
        .hasMessageContaining("columns[0].expectations[1].values is a, expected finite numbers");
    assertThatThrownBy(() -> read(numbers("BOOL", "\"SET\", \"values\": [\"yes\"]")))
        .hasMessageContaining("values is yes, expected true, false or whole numbers");
  }

  @Test
  void readsTypesThatASchemaMayHave() throws IOException {
    String file = numbers("INT64", "\"SCHEMA_TYPE\", \"values\": [\"int64\", \"long\"]");
    assertThat(read(file).columns().get(0).expectations()).isNotEmpty();
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

  @Test
  void aTruncatedFileIsSaidToEndTooEarly() {
    String cut = text().substring(0, text().length() / 2);
    assertThatThrownBy(() -> read(cut))
        .hasMessageMatching(
            "data-profile.json: line \\d+, column \\d+: expected JSON, got: the end of the file in"
                + " the middle of it");
  }
}
