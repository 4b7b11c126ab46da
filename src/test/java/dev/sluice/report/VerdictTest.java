package dev.sluice.report;

import static dev.sluice.report.SampleProfiles.KEY;
import static dev.sluice.report.SampleProfiles.MODEL;
import static dev.sluice.report.SampleProfiles.input;
import static dev.sluice.report.SampleProfiles.numbers;
import static dev.sluice.report.SampleProfiles.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.RowCounts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final String WINDOW = "in the last window (1 Feb 2018, 00:00 to 01:00)";

  private final History history = new History();

  private static ColumnProfile few(String name) {
    return numbers(name, Double.NaN)
        .withDrift(new ColumnDrift("psi", null, 0.1, 0, DriftVerdict.INSUFFICIENT_DATA));
  }

  private void output(ColumnProfile column) {
    output(0, column);
  }

  private void output(int hour, ColumnProfile column) {
    history.add(
        SampleProfiles.record(
            ProfileKind.OUTPUT,
            MODEL,
            SampleProfiles.window("", hour, 0),
            RowCounts.of(12),
            column));
  }

  private Verdict verdict() {
    return Verdict.of(history.model(KEY).orElseThrow(), "");
  }

  @Test
  void whatCouldNotBeJudgedIsNoAllClear() {
    history.add(input(0, 0, numbers("fine", 0.01)));
    for (int i = 0; i < 12; i++) {
      history.add(input(0, 0, few("few " + i)));
    }

    assertThat(verdict().sentence())
        .isEqualTo("None of 1 judged feature drifted " + WINDOW + "; 12 could not be judged.");
    assertThat(verdict().level()).isEqualTo(Status.INSUFFICIENT_DATA);
  }

  @Test
  void whereNothingCouldBeJudgedNothingIsSaidToBeFine() {
    history.add(input(0, 0, few("one")));
    history.add(input(0, 0, few("other")));

    assertThat(verdict().sentence())
        .isEqualTo("None of 2 features could be judged " + WINDOW + ".");
    assertThat(verdict().level()).isEqualTo(Status.INSUFFICIENT_DATA);
  }

  @Test
  void tooManyTextsAreNotTooLittleData() {
    ColumnDrift unknown = new ColumnDrift("psi", null, 0.1, 0, DriftVerdict.INSUFFICIENT_DATA);
    history.add(input(0, 0, texts("user", Map.of("a", 1L), 0).withDrift(unknown), few("few")));

    assertThat(verdict().details())
        .containsExactly(
            "There was too little data to judge few.",
            "user has too many different texts to be judged.");
  }

  @Test
  void whatIsNotComparedIsNotNamed() {
    ColumnProfile divider = texts("station", Map.of("Tiantan", 500L), 0).withDrift(null);
    history.add(input(0, 0, divider, few("few")));

    assertThat(verdict().details()).containsExactly("There was too little data to judge few.");
  }

  @Test
  void whatNoNumberOfValuesCouldTellIsNotTooLittleData() {
    ColumnDrift never =
        new ColumnDrift(
            "psi",
            0.3,
            85,
            0,
            DriftVerdict.INSUFFICIENT_DATA,
            "baseline",
            Long.MAX_VALUE,
            null,
            List.of(),
            List.of());
    history.add(input(0, 0, numbers("SO2", 0.3).withDrift(never), few("few")));

    assertThat(verdict().details())
        .containsExactly(
            "There was too little data to judge few.",
            "SO2 cannot be judged: training data is too little, or the threshold, which is at least"
                + " what it varies by itself in so short a time, in a segment by its season as"
                + " well, is more than the distance can be.");
  }

  @Test
  void driftIsSaidWhateverCouldNotBeJudged() {
    history.add(input(0, 0, numbers("bad", 0.5)));
    history.add(input(0, 0, few("few")));

    assertThat(verdict().sentence())
        .isEqualTo("1 of 2 features drifted " + WINDOW + ": bad; 1 could not be judged.");
    assertThat(verdict().level()).isEqualTo(Status.DRIFT);
  }

  @Test
  void anOutputDriftsAsWellOnlyIfAFeatureDoes() {
    history.add(input(0, 0, numbers("fine", 0.01)));
    output(numbers("score", 0.5));

    assertThat(verdict().details()).containsExactly("The model's output score drifted.");

    history.add(input(0, 0, numbers("bad", 0.5)));

    assertThat(verdict().details()).containsExactly("The model's output score drifted as well.");
  }

  /** While inputs are read, or if they are published no more. */
  @Test
  void aLaterWindowOfOutputsHidesNoFeature() {
    history.add(input(0, 0, numbers("bad", 0.5), numbers("fine", 0.01)));
    output(1, numbers("score", 0.01));

    assertThat(verdict().sentence()).isEqualTo("1 of 2 features drifted " + WINDOW + ": bad.");
    assertThat(verdict().level()).isEqualTo(Status.DRIFT);
    assertThat(verdict().start()).isEqualTo(SampleProfiles.START);
    assertThat(verdict().details())
        .containsExactly(
            "The model's outputs were judged in a later window (1 Feb 2018, 01:00 to 02:00), in"
                + " which no feature has been.",
            "What the model answers has not drifted.");
  }

  @Test
  void aLaterWindowOfOutputsIsJudgedAsWell() {
    history.add(input(0, 0, numbers("fine", 0.01)));
    output(1, numbers("score", 0.5));

    assertThat(verdict().sentence()).isEqualTo("None of 1 feature drifted " + WINDOW + ".");
    assertThat(verdict().level()).isEqualTo(Status.DRIFT);
    assertThat(verdict().details()).endsWith("The model's output score drifted.");
  }

  @Test
  void outputsOfAnEarlierWindowAreNoAllClear() {
    output(numbers("score", 0.01));
    history.add(input(1, 0, numbers("fine", 0.01)));

    assertThat(verdict().level()).isEqualTo(Status.INSUFFICIENT_DATA);
    assertThat(verdict().details())
        .containsExactly("The model's output score could not be judged.");
  }

  private void summary(ProfileKind kind, int hour) {
    history.add(
        SampleProfiles.record(kind, MODEL, SampleProfiles.window("", hour, 0), RowCounts.of(12)));
  }

  /** As where outputs.select has fewer of them from some day on. */
  @Test
  void anOutputThatIsWrittenNoMoreHasNoDriftAnyMore() throws IOException {
    for (int hour : new int[] {0, 5}) {
      history.add(input(hour, 0, numbers("fine", 0.01)));
      output(hour, texts("label", Map.of("yes", 4L), 0.01));
      if (hour == 0) {
        output(numbers("score", 0.5));
        output(numbers("other", 0.5));
      }
      summary(ProfileKind.INPUT, hour);
      summary(ProfileKind.OUTPUT, hour);
    }

    assertThat(verdict().level()).isEqualTo(Status.OK);
    assertThat(verdict().details())
        .containsExactly(
            "What the model answers has not drifted.",
            "score and other are not in the last window any more: nothing is said of them.");
    JsonNode columns = Documents.overview(history, "").get("columns");
    assertThat(columns.findValuesAsText("name")).containsExactly("fine", "label", "other", "score");
    assertThat(columns.findValuesAsText("status")).containsExactly("OK", "OK", "GONE", "GONE");
    assertThat(columns.findValuesAsText("judged"))
        .containsExactly("true", "true", "false", "false");
  }

  /** As the scores of a label that no row of the last window has. */
  @Test
  void aLabelThatNoRowHasIsOfAnOutputThatIsThere() {
    output(0, numbers("y[high]", 0.5));
    for (int hour : new int[] {0, 5}) {
      history.add(input(hour, 0, numbers("fine", 0.01)));
      output(hour, numbers("y[low]", 0.01));
      summary(ProfileKind.OUTPUT, hour);
    }

    assertThat(high().status()).isEqualTo(Status.DRIFT);
    assertThat(verdict().details())
        .containsExactly(
            "The model's output y[low] has not drifted.",
            "The model's output y[high] could not be judged.");

    output(9, numbers("yes", 0.01));
    summary(ProfileKind.OUTPUT, 9);

    assertThat(high().status()).isEqualTo(Status.GONE);
    assertThat(verdict().details())
        .contains(
            "y[high] and y[low] are not in the last window any more: nothing is said of them.");
  }

  private ColumnHistory high() {
    return history
        .model(KEY)
        .orElseThrow()
        .find(ProfileKind.OUTPUT, "")
        .orElseThrow()
        .column("y[high]");
  }

  /** No record of a window was scored: it has a summary alone, and nothing is gone. */
  @Test
  void aWindowWithoutRowsHasNoColumnsAndTellsNothingOfThem() {
    history.add(input(0, 0, numbers("fine", 0.01)));
    output(numbers("score", 0.5));
    summary(ProfileKind.OUTPUT, 0);
    history.add(
        SampleProfiles.record(
            ProfileKind.OUTPUT, MODEL, SampleProfiles.window("", 1, 0), RowCounts.NONE));

    assertThat(verdict().details()).containsExactly("The model's output score drifted.");
  }

  @Test
  void whereNoFeatureIsEverJudgedTheLastWindowIsThatOfOutputs() {
    history.add(input(0, 0, numbers("x", Double.NaN)));
    output(numbers("score", 0.5));

    assertThat(verdict().sentence()).isEqualTo("The feature could not be judged " + WINDOW + ".");
    assertThat(verdict().details()).containsExactly("The model's output score drifted.");
  }

  @Test
  void whatTheModelAnswersHasNotDriftedOnlyIfNoOutputHas() {
    history.add(input(0, 0, numbers("fine", 0.01)));
    output(numbers("score", 0.01));

    assertThat(verdict().details()).containsExactly("What the model answers has not drifted.");
    assertThat(verdict().level()).isEqualTo(Status.OK);

    output(few("label"));

    assertThat(verdict().details())
        .containsExactly(
            "The model's output score has not drifted.",
            "The model's output label could not be judged.");
  }
}
