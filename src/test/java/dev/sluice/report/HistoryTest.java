package dev.sluice.report;

import static dev.sluice.report.SampleProfiles.HOUR;
import static dev.sluice.report.SampleProfiles.KEY;
import static dev.sluice.report.SampleProfiles.MODEL;
import static dev.sluice.report.SampleProfiles.START;
import static dev.sluice.report.SampleProfiles.input;
import static dev.sluice.report.SampleProfiles.numbers;
import static dev.sluice.report.SampleProfiles.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private interface Writing {
    void write(HistoryJson documents, JsonGenerator json) throws IOException;
  }

  private static JsonNode document(History history, Writing writing) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      writing.write(new HistoryJson(history, List.of()), json);
    }
    return new JsonMapper().readTree(text.toString());
  }

  private static JsonNode overview(History history) throws IOException {
    return document(history, (documents, json) -> documents.overview(json, KEY, ""));
  }

  private static JsonNode column(History history, ProfileKind kind, String name)
      throws IOException {
    return document(
        history,
        (documents, json) -> assertThat(documents.column(json, KEY, kind, "", name)).isTrue());
  }

  @Test
  void theLastRevisionOfAWindowCountsWheneverItComes() throws IOException {
    History history = new History();
    history.add(input(0, 1, numbers("x", 0.5)));
    history.add(input(0, 0, numbers("x", 0.2)));
    history.add(input(0, 1, numbers("x", 0.4)));

    JsonNode series = column(history, ProfileKind.INPUT, "x").get("series");

    assertThat(series.get("value")).hasSize(1);
    assertThat(series.get("value").get(0).floatValue()).isEqualTo(0.4f);
  }

  @Test
  void windowsAreInOrderOfTimeHoweverTheyCome() throws IOException {
    History history = new History();
    for (int hour : new int[] {3, 0, 20, 2, 1, 7}) {
      history.add(input(hour, 0, numbers("x", hour / 100.0)));
    }

    JsonNode x = column(history, ProfileKind.INPUT, "x");

    assertThat(x.get("series").get("start").toString())
        .isEqualTo(
            java.util.stream.IntStream.of(0, 1, 2, 3, 7, 20)
                .mapToObj(hour -> Long.toString(START + hour * HOUR))
                .collect(java.util.stream.Collectors.joining(",", "[", "]")));
    assertThat(x.get("newest").get("start").longValue()).isEqualTo(START + 20 * HOUR);
    assertThat(x.get("worst").get("start").longValue()).isEqualTo(START + 20 * HOUR);
    assertThat(x.get("series").get("missing").get(0).floatValue()).isEqualTo(2 / 12f);
  }

  @Test
  void theWorstWindowIsTheOneOfTheGreatestDistanceThatIsKnown() throws IOException {
    History history = new History();
    history.add(input(0, 0, numbers("x", 2)));
    history.add(input(1, 0, numbers("x", 5)));
    history.add(input(1, 1, numbers("x", 0.3)));
    assertThat(column(history, ProfileKind.INPUT, "x").get("worst").isNull())
        .as("the milder revision is not the worst; the one of 2 is not known whole any more")
        .isTrue();
    history.add(input(2, 0, numbers("x", 0.4)));
    assertThat(column(history, ProfileKind.INPUT, "x").get("worst").isNull()).isTrue();
    history.add(input(3, 0, numbers("x", 3)));
    assertThat(column(history, ProfileKind.INPUT, "x").get("worst").get("value").doubleValue())
        .isEqualTo(3);
    history.add(input(3, 1, numbers("x", 2.5)));
    history.add(input(4, 0, numbers("x", 0.1)));
    assertThat(column(history, ProfileKind.INPUT, "x").get("worst").get("value").doubleValue())
        .as("the greatest still, and known whole as the newest")
        .isEqualTo(2.5);
  }

  @Test
  void theNewestWindowIsTheWorstWhereTheWorstBecomesMilder() throws IOException {
    History history = new History();
    history.add(input(0, 0, numbers("x", 5)));
    history.add(input(1, 0, numbers("x", 4)));
    history.add(input(0, 1, numbers("x", 0.3)));
    history.add(input(2, 0, numbers("x", 0.1)));
    assertThat(column(history, ProfileKind.INPUT, "x").get("worst").get("value").doubleValue())
        .isEqualTo(4);
  }

  @Test
  void columnsAreSortedWorstFirstAndTheVerdictNamesThem() throws IOException {
    History history = new History();
    history.add(input(0, 0, numbers("fine", 0.01)));
    history.add(input(0, 0, numbers("bad", 0.2)));
    history.add(input(0, 0, numbers("worse", 0.9)));

    JsonNode overview = overview(history);

    assertThat(overview.get("columns").findValuesAsText("name"))
        .containsExactly("worse", "bad", "fine");
    assertThat(overview.get("verdict").get("sentence").asText())
        .isEqualTo(
            "2 of 3 features drifted in the last window (1 Feb 2018, 00:00 to 01:00): worse and bad.");
    assertThat(overview.get("verdict").get("level").asText()).isEqualTo("DRIFT");
  }

  @Test
  void anOpenWindowDoesNotHideTheLastThatWasJudged() throws IOException {
    History history = new History();
    history.add(input(0, 0, numbers("x", 0.9)));
    history.add(input(1, 0, numbers("x", Double.NaN)));

    assertThat(overview(history).get("verdict").get("sentence").asText())
        .contains("1 of 1 feature");
    assertThat(column(history, ProfileKind.INPUT, "x").get("newest").get("start").longValue())
        .isEqualTo(START);
  }

  @Test
  void withoutWindowsThereIsNoVerdict() throws IOException {
    JsonNode overview = overview(new History());

    assertThat(overview.get("verdict").get("sentence").asText())
        .isEqualTo("There are no windows yet.");
    assertThat(overview.get("columns")).isEmpty();
  }

  @Test
  void beyondTheBudgetTheOldestWindowsGoAndAreCounted() throws IOException {
    long budget = 20_000;
    History history = new History(budget);
    for (int hour = 0; hour < 500; hour++) {
      history.add(input(hour, 0));
      history.add(input(hour, 0, numbers("x", hour == 3 ? 0.9 : 0.05)));
      assertThat(history.bytes()).isLessThan(budget * 2);
    }

    JsonNode overview = overview(history);
    JsonNode series = column(history, ProfileKind.INPUT, "x").get("series");

    int kept = overview.get("totals").get("windows").intValue();
    assertThat(kept).isBetween(10, 200);
    assertThat(overview.get("droppedWindows").intValue()).isEqualTo(500 - kept);
    assertThat(series.get("start")).hasSize(kept);
    assertThat(series.get("start").get(kept - 1).longValue()).isEqualTo(START + 499 * HOUR);
  }

  @Test
  void aLongSeriesIsThinnedToItsWorstWindows() throws IOException {
    History history = new History();
    for (int hour = 0; hour < 2500; hour++) {
      history.add(input(hour, 0, numbers("x", hour == 1234 ? 0.9 : 0.05)));
    }

    JsonNode series = column(history, ProfileKind.INPUT, "x").get("series");

    assertThat(series.get("every").intValue()).isEqualTo(3);
    assertThat(series.get("start")).hasSize(834);
    assertThat(series.get("status").toString()).contains("DRIFT");
  }

  @Test
  void eachModelHasAHistoryOfItsOwnTheNewestFirst() {
    History history = new History();
    ProfiledModel other = new ProfiledModel("other", "2", "c".repeat(64));
    history.add(input(0, 0, numbers("x", 0.9)));
    history.add(
        SampleProfiles.record(
            ProfileKind.INPUT,
            other,
            SampleProfiles.window("", 5, 0),
            RowCounts.of(1),
            numbers("x", 0.1)));

    assertThat(history.models().stream().map(SeenModel::model)).containsExactly(other, MODEL);
  }

  /** As where a job goes on with a new model in the middle of a window. */
  @Test
  void ofModelsThatShareTheNewestWindowTheOneThatBeganLastIsFirst() {
    History history = new History();
    ProfiledModel newer = new ProfiledModel("newer", "2", "c".repeat(64));
    history.add(input(0, 0, numbers("x", 0.1)));
    history.add(of(newer, 1));
    history.add(input(1, 0, numbers("x", 0.1)));
    assertThat(history.models().stream().map(SeenModel::model)).containsExactly(newer, MODEL);

    ProfiledModel newest = new ProfiledModel("newest", "3", "d".repeat(64));
    history.add(of(newest, 1));
    assertThat(history.models().stream().map(SeenModel::model))
        .containsExactly(newest, newer, MODEL);
  }

  private static DataProfile of(ProfiledModel model, int hour) {
    return SampleProfiles.record(
        ProfileKind.INPUT,
        model,
        SampleProfiles.window("", hour, 0),
        RowCounts.of(1),
        numbers("x", 0.1));
  }

  @Test
  void aModelHasTheNameAndVersionOfItsNewestWindow() {
    History history = new History();
    ProfiledModel later = new ProfiledModel("renamed", "2", MODEL.sha256());
    ProfiledModel unnamed = new ProfiledModel("", "", MODEL.sha256());
    history.add(ofHour(0, unnamed));
    history.add(ofHour(1, MODEL));
    history.add(ofHour(3, later));
    history.add(ofHour(2, MODEL));
    history.add(ofHour(4, unnamed));
    history.add(SampleProfiles.silence(MODEL, ""));

    assertThat(history.models()).hasSize(1);
    assertThat(history.models().get(0).model()).isEqualTo(later);
  }

  private static DataProfile ofHour(int hour, ProfiledModel model) {
    return SampleProfiles.record(
        ProfileKind.INPUT, model, SampleProfiles.window("", hour, 0), RowCounts.of(1));
  }

  @Test
  void theRevisionThatCountsNamesTheModelOfAWindow() {
    History history = new History();
    ProfiledModel later = new ProfiledModel("sample", "2", MODEL.sha256());
    history.add(
        SampleProfiles.record(
            ProfileKind.INPUT, later, SampleProfiles.window("", 0, 1), RowCounts.of(1)));
    history.add(ofHour(0, MODEL));

    assertThat(history.models().get(0).model()).isEqualTo(later);
  }

  @Test
  void anAlarmThatComesTwiceIsThereOnceAndIsActiveUntilItIsCleared() throws IOException {
    History history = new History();
    history.add(input(0, 0, numbers("x", 0.9)));
    history.add(SampleProfiles.alarm("x", 0));
    history.add(SampleProfiles.alarm("x", 0));

    assertThat(overview(history).get("alarms")).hasSize(1);
    assertThat(overview(history).get("columns").get(0).get("alarms").intValue()).isEqualTo(1);

    var raised = SampleProfiles.alarm("x", 0);
    history.add(raised.cleared(SampleProfiles.window("", 1, 0), raised.course(), "so no more"));

    assertThat(overview(history).get("alarms")).hasSize(2);
    assertThat(overview(history).get("columns").get(0).get("alarms").intValue()).isZero();
  }

  @Test
  void booksAddUpOverWindows() throws IOException {
    History history = new History();
    for (int hour = 0; hour < 2; hour++) {
      history.add(
          SampleProfiles.record(
              ProfileKind.INPUT,
              MODEL,
              SampleProfiles.window("", hour, 0),
              new RowCounts(9, 1, 0, 10, 1, 0, 0)));
      history.add(
          SampleProfiles.record(
              ProfileKind.OUTPUT,
              MODEL,
              SampleProfiles.window("", hour, 0),
              new RowCounts(8, 1, 0, 10, 1, 8, 0)));
    }

    JsonNode totals = overview(history).get("totals");

    assertThat(totals.get("read").intValue()).isEqualTo(20);
    assertThat(totals.get("predicted").intValue()).isEqualTo(16);
    assertThat(totals.get("balanced").booleanValue()).isTrue();
  }

  @Test
  void lateRecordsAreInTheBooks() throws IOException {
    History history = new History();
    history.add(counts(ProfileKind.INPUT, 0, new RowCounts(9, 0, 1, 9, 0, 0, 0)));
    history.add(counts(ProfileKind.OUTPUT, 0, new RowCounts(8, 0, 2, 10, 0, 8, 0)));
    assertThat(overview(history).get("totals").get("balanced").booleanValue()).isTrue();
    assertThat(overview(history).get("totals").get("late").intValue()).isEqualTo(1);
    assertThat(overview(history).get("totals").get("latePredicted").intValue()).isEqualTo(2);
    assertThat(overview(history).get("totals").get("readWithoutWindow").intValue()).isZero();

    // Late ones that no window reports any more, one of them malformed.
    ProfiledWindow none =
        new ProfiledWindow(
            SampleProfiles.BASELINE,
            "",
            null,
            SampleProfiles.START + SampleProfiles.HOUR,
            "",
            "UTC",
            0);
    history.add(
        SampleProfiles.record(ProfileKind.OUTPUT, MODEL, none, new RowCounts(0, 0, 3, 4, 1, 0, 0)));
    JsonNode totals = overview(history).get("totals");
    assertThat(totals.get("balanced").booleanValue()).isTrue();
    assertThat(totals.get("readWithoutWindow").intValue()).isEqualTo(4);
    assertThat(totals.get("read").longValue())
        .isEqualTo(14)
        .isEqualTo(
            Stream.of("malformed", "rejected", "predicted", "failed", "latePredicted")
                .mapToLong(name -> totals.get(name).longValue())
                .sum());

    history.add(counts(ProfileKind.OUTPUT, 1, new RowCounts(8, 0, 2, 11, 0, 8, 0)));
    assertThat(overview(history).get("totals").get("balanced").booleanValue()).isFalse();
  }

  @Test
  void labelsOfAnOutputAreCountedByWindow() throws IOException {
    History history = new History();
    history.add(output(0, texts("label", Map.of("yes", 3L, "no", 1L), 0.01)));
    history.add(output(1, texts("label", Map.of("no", 4L), 0.5)));

    JsonNode labels = column(history, ProfileKind.OUTPUT, "label").get("labels");

    JsonNode yes =
        labels.get(0).get("value").asText().equals("yes") ? labels.get(0) : labels.get(1);
    assertThat(yes.get("shares").toString()).isEqualTo("[0.75,0]");
  }

  private static DataProfile counts(ProfileKind kind, int hour, RowCounts counts) {
    return SampleProfiles.record(kind, MODEL, SampleProfiles.window("", hour, 0), counts);
  }

  private static dev.sluice.profile.DataProfile output(
      int hour, dev.sluice.profile.ColumnProfile column) {
    return SampleProfiles.record(
        ProfileKind.OUTPUT, MODEL, SampleProfiles.window("", hour, 0), RowCounts.of(4), column);
  }

  @Test
  void aBudgetIsPositive() {
    assertThatThrownBy(() -> new History(0)).hasMessage("budget is 0 bytes, expected 1 or more");
  }
}
