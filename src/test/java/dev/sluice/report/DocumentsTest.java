package dev.sluice.report;

import static dev.sluice.report.SampleProfiles.BASELINE;
import static dev.sluice.report.SampleProfiles.MODEL;
import static dev.sluice.report.SampleProfiles.input;
import static dev.sluice.report.SampleProfiles.numbers;
import static dev.sluice.report.SampleProfiles.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.expect.ExpectationType;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DataSet;
import dev.sluice.profile.Distinct;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.Histogram;
import dev.sluice.profile.NumberSummary;
import dev.sluice.profile.Occurrences;
import dev.sluice.profile.PartKind;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.Sums;
import dev.sluice.profile.TextSummary;
import dev.sluice.profile.WindowFindings;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import java.io.IOException;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the documents must not say, since nobody knows it. */
class DocumentsTest {
  private static final String OTHER = "c".repeat(64);

  private final History history = new History();

  private static ColumnProfile overflowed(String name, Map<String, Long> common, long rows) {
    return ColumnProfile.ofTexts(
        name,
        rows,
        0,
        new TextSummary(1, 9, rows),
        new Occurrences(Map.of(), true, common),
        Distinct.exactly(5000));
  }

  private static DataProfile baseline(ColumnProfile... columns) {
    return new DataProfile(
        ProfileKind.BASELINE,
        MODEL,
        ProfiledWindow.none("UTC"),
        RowCounts.of(100),
        List.of(columns),
        List.of(),
        List.of(),
        new DataSet("training", "", 100, null, null),
        "test");
  }

  private static ModelCard card(String modelSha256, DataProfile baseline, String sha256) {
    return new ModelCard(
        modelSha256, List.of(new ModelCard.Fact(0, "author", "me")), baseline, sha256, Map.of());
  }

  private void output(int hour, ColumnProfile column) {
    history.add(
        SampleProfiles.record(
            ProfileKind.OUTPUT,
            MODEL,
            SampleProfiles.window("", hour, 0),
            RowCounts.of(column.rows()),
            column));
  }

  private static String shares(JsonNode column, String label) {
    for (JsonNode each : column.get("labels")) {
      if (each.get("value").asText().equals(label)) {
        return each.get("shares").toString();
      }
    }
    return "none";
  }

  @Test
  void aValueThatTrainingDidNotCountHasNoShareOfIt() throws IOException {
    history.add(input(0, 0, texts("city", Map.of("rare", 3L, "common", 1L), 0.01)));
    DataProfile training = baseline(overflowed("city", Map.of("common", 25L), 100));

    JsonNode shape =
        Documents.column(history, ProfileKind.INPUT, "city", card("", training, BASELINE))
            .get("newest")
            .get("distribution");

    assertThat(shape.get("values").toString()).isEqualTo("[\"common\",\"rare\"]");
    assertThat(shape.get("window").toString()).isEqualTo("[0.25,0.75]");
    assertThat(shape.get("reference").toString()).isEqualTo("[0.25,null]");
  }

  @Test
  void aValueThatAWindowDidNotKeepHasNoShareOfIt() throws IOException {
    Map<String, Long> many = new LinkedHashMap<>();
    for (int i = 0; i < 50; i++) {
      many.put("value " + i, 100L - i);
    }
    history.add(input(0, 0, texts("city", many, 0.01)));
    DataProfile training = baseline(texts("city", Map.of("value 49", 1L), 0.01));

    JsonNode shape =
        Documents.column(history, ProfileKind.INPUT, "city", card("", training, BASELINE))
            .get("newest")
            .get("distribution");

    assertThat(shape.get("values").get(0).asText()).isEqualTo("value 49");
    assertThat(shape.get("window").get(0).isNull()).isTrue();
    assertThat(shape.get("window").get(1).doubleValue()).isPositive();
    assertThat(shape.get("reference").get(1).toString()).isEqualTo("0");
  }

  /** As {@code other} of segments that are not those of the baseline. */
  @Test
  void aSegmentIsDrawnBesideWhatItWasComparedWith() throws IOException {
    history.add(
        SampleProfiles.record(
            ProfileKind.INPUT,
            MODEL,
            SampleProfiles.window("other", 0, 0),
            RowCounts.of(4),
            texts("city", Map.of("a", 4L), 0.01)));
    ColumnProfile rest = texts("city", Map.of("b", 5L), 0.01);
    DataProfile training =
        baseline(texts("city", Map.of("a", 100L), 0.01))
            .withParts(
                List.of(
                    new ProfilePart(PartKind.SEGMENT, "s", "other", 5, List.of(rest), List.of())));

    JsonNode newest =
        Documents.columnOf(
                history, ProfileKind.INPUT, "other", "city", card("", training, BASELINE))
            .get("newest");

    assertThat(newest.get("reference").asText()).isEqualTo("baseline");
    assertThat(newest.get("referenceStatistics").get("rows").asLong()).isEqualTo(100);
    assertThat(newest.get("distribution").get("reference").toString()).isEqualTo("[1]");
  }

  @Test
  void aWindowThatIsNotJudgedYetSaysWhatItIsDrawnBeside() throws IOException {
    history.add(input(0, 0, numbers("x", Double.NaN)));

    JsonNode newest =
        Documents.column(
                history,
                ProfileKind.INPUT,
                "x",
                card("", baseline(numbers("x", Double.NaN)), BASELINE))
            .get("newest");

    assertThat(newest.get("metric").isNull()).isTrue();
    assertThat(newest.get("reference").asText()).isEqualTo("baseline");
  }

  @Test
  void scoresAreNoLabels() throws IOException {
    ColumnProfile few = numbers("score", 0.01);
    output(
        0,
        ColumnProfile.ofNumbers(
            "score",
            ElementType.DOUBLE,
            2,
            few.numbers(),
            new Occurrences(Map.of("0.5", 1L, "9", 9L), false, Map.of()),
            Distinct.exactly(2)));

    assertThat(Documents.column(history, ProfileKind.OUTPUT, "score").get("labels")).isEmpty();
  }

  @Test
  void aLabelThatComesLaterHadNoneBefore() throws IOException {
    output(0, texts("label", Map.of("yes", 4L), 0.01));
    output(1, texts("label", Map.of("no", 1L, "yes", 3L), 0.5));

    JsonNode column = Documents.column(history, ProfileKind.OUTPUT, "label");

    assertThat(shares(column, "no")).isEqualTo("[0,0.25]");
    assertThat(column.get("otherLabels").isNull()).isTrue();
  }

  @Test
  void labelsBeyondThoseThatAreKeptAreCountedTogether() throws IOException {
    for (int hour = 0; hour < 10; hour++) {
      output(hour, texts("label", Map.of("label " + hour, 4L), 0.01));
    }

    JsonNode column = Documents.column(history, ProfileKind.OUTPUT, "label");

    assertThat(column.get("labels")).hasSize(8);
    assertThat(column.get("otherLabels").toString()).isEqualTo("[0,0,0,0,0,0,0,0,1,1]");
  }

  @Test
  void aBaselineIsNamedOnlyIfWindowsAreComparedWithIt() throws IOException {
    history.add(input(0, 0, numbers("x", 0.01)));

    JsonNode overview =
        Documents.overview(history, "", card(MODEL.sha256(), baseline(numbers("x", 0.01)), OTHER));

    assertThat(overview.get("hasBaseline").booleanValue()).isFalse();
    assertThat(overview.get("card").get("facts")).hasSize(1);
    assertThat(overview.get("card").has("dataSet")).isFalse();
  }

  @Test
  void aBaselineThatAnotherModelsPackageHasIsAtHand() throws IOException {
    history.add(input(0, 0, numbers("x", 0.01)));

    JsonNode overview =
        Documents.overview(history, "", card(OTHER, baseline(numbers("x", 0.01)), BASELINE));

    assertThat(overview.get("hasBaseline").booleanValue()).isTrue();
    assertThat(overview.get("card").get("facts")).isEmpty();
    assertThat(overview.get("card").get("dataSet").get("name").asText()).isEqualTo("training");
    assertThat(overview.get("otherCard").asText()).isEqualTo(OTHER);
  }

  @Test
  void activeAlarmsHaveRoomBeforeOthersAndAreCounted() throws IOException {
    history.add(input(0, 0, numbers("x", 0.9)));
    history.add(SampleProfiles.alarm("active", 0));
    for (int hour = 0; hour < 400; hour++) {
      var raised = SampleProfiles.alarm("x", hour);
      history.add(raised);
      history.add(raised.cleared(raised.window(), raised.course(), "so no more"));
    }

    JsonNode overview = Documents.overview(history, "");

    assertThat(overview.get("activeAlarms").intValue()).isEqualTo(1);
    assertThat(overview.get("alarms")).hasSize(500);
    assertThat(overview.get("alarms").get(499).get("active").booleanValue()).isTrue();
    assertThat(overview.get("alarmsLeftOut").intValue()).isEqualTo(301);
    assertThat(Documents.overview(history, "north").get("alarmsLeftOut").intValue()).isZero();
  }

  @Test
  void aColumnWithTooLittleDataIsNotJudged() throws IOException {
    history.add(input(0, 0, numbers("x", 0.9)));
    history.add(input(0, 0, numbers("y", Double.NaN)));

    JsonNode columns = Documents.overview(history, "").get("columns");

    assertThat(columns.get(0).get("judged").booleanValue()).isTrue();
    assertThat(columns.get(1).get("judged").booleanValue()).isFalse();
  }

  @Test
  void aThinnedSeriesKeepsItsPeaksAndCountsAllWindows() throws IOException {
    for (int hour = 0; hour < 2500; hour++) {
      ColumnProfile column =
          hour == 1235
              ? texts("x", Map.of("a", 3L), 0.05)
              : ColumnProfile.ofTexts(
                      "x",
                      4,
                      hour == 1234 ? 3 : 0,
                      new TextSummary(1, 9, 4),
                      Occurrences.UNKNOWN,
                      Distinct.exactly(1))
                  .withDrift(texts("x", Map.of("a", 1L), hour == 1233 ? 0.9 : 0.05).drift());
      history.add(input(hour, 0, column));
    }

    JsonNode series = Documents.column(history, ProfileKind.INPUT, "x").get("series");

    assertThat(series.get("windows").intValue()).isEqualTo(2500);
    assertThat(series.get("drifted").intValue()).isEqualTo(1);
    assertThat(series.get("status").get(411).asText()).isEqualTo("DRIFT");
    assertThat(series.get("missing").get(411).doubleValue()).isEqualTo(0.75);
  }

  /** What is kept as a float has not all digits of a large number. */
  @Test
  void aLargeNumberOfASeriesHasNoDigitsThatAreNotKept() throws IOException {
    BigInteger value = BigInteger.valueOf(123_456_789);
    Sums sums = new Sums(0, 1, 0, value, value.multiply(value));
    double number = value.doubleValue();
    Histogram bins = new Histogram(List.of(1.0), List.of(0L, 1L), List.of());
    NumberSummary summary = new NumberSummary(0, 0, 0, 0, number, number, sums, bins);
    ColumnProfile column =
        ColumnProfile.ofNumbers(
            "x", ElementType.INT64, 0, summary, Occurrences.UNKNOWN, Distinct.exactly(1));
    history.add(input(0, 0, column.withDrift(numbers("x", 0.123456789).drift())));

    JsonNode document = Documents.column(history, ProfileKind.INPUT, "x");

    assertThat(document.at("/series/mean").toString()).isEqualTo("[123456800]");
    assertThat(document.at("/series/value").toString()).isEqualTo("[0.12345679]");
    assertThat(document.at("/newest/statistics/mean").longValue()).isEqualTo(123_456_789);
  }

  /** Nor is a share of records that the window is judged by of those that violate anything. */
  @Test
  void noRecordIsSaidToBeRejected() throws IOException {
    history.add(
        new DataProfile(
            DataProfile.FORMAT_VERSION,
            ProfileKind.INPUT,
            MODEL,
            SampleProfiles.window("", 0, 0),
            RowCounts.of(12),
            List.of(numbers("x", 0.01)),
            List.of(),
            List.of(),
            null,
            "test",
            WindowFindings.of(List.of(critical(0, 1, 3), critical(2, 0.5, 6), critical(3, 0.9, 9))),
            List.of()));

    JsonNode series = Documents.column(history, ProfileKind.INPUT, "x").get("series");

    assertThat(series.get("violating").toString()).isEqualTo("[0.25]");
    assertThat(series.has("rejected")).isFalse();
  }

  private static ExpectationResult critical(int min, double mostly, long unexpected) {
    return new ExpectationResult(
            "x from " + min,
            ExpectationType.RANGE,
            "range from " + min,
            List.of("x"),
            Severity.CRITICAL,
            0,
            0,
            null,
            mostly,
            null,
            null,
            "")
        .withRecords(12, unexpected);
  }

  @Test
  void segmentsShowTheColumnsThatStandWorstInAnyOfThem() throws IOException {
    for (int i = 0; i < 50; i++) {
      history.add(input(0, 0, numbers("x" + i, i == 7 ? 0.09 : 0.01)));
    }
    for (ColumnProfile column : List.of(numbers("x49", 0.9), numbers("only here", 0.8))) {
      history.add(
          SampleProfiles.record(
              ProfileKind.INPUT,
              MODEL,
              SampleProfiles.window("north", 0, 0),
              RowCounts.of(12),
              column));
    }
    output(0, numbers("score", 0.5));

    JsonNode segments = Documents.segments(history);

    assertThat(segments.get("columns").findValuesAsText("name"))
        .startsWith("x49", "only here", "score", "x7")
        .hasSize(40);
    assertThat(segments.get("allColumns").intValue()).isEqualTo(52);
  }
}
