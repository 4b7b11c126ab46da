package dev.sluice.report;

import static dev.sluice.report.SampleProfiles.BASELINE;
import static dev.sluice.report.SampleProfiles.HOUR;
import static dev.sluice.report.SampleProfiles.KEY;
import static dev.sluice.report.SampleProfiles.MODEL;
import static dev.sluice.report.SampleProfiles.START;
import static dev.sluice.report.SampleProfiles.input;
import static dev.sluice.report.SampleProfiles.numbers;
import static dev.sluice.report.SampleProfiles.silence;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.ProfiledModel;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** An alarm about a silent feed is seen where no window can be, or none of its model. */
class SilentFeedTest {
  private static final ProfiledModel OTHER = new ProfiledModel("other", "2", "c".repeat(64));
  private static final ModelKey OTHER_KEY = new ModelKey(OTHER.sha256(), BASELINE);

  private final History history = new History();

  @Test
  void itIsSeenWithoutAnyWindow() throws IOException {
    history.add(silence(OTHER, ""));

    assertThat(history.models()).isEmpty();
    assertThat(history.choices().stream().map(SeenModel::key)).containsExactly(OTHER_KEY);
    assertThat(Documents.overviewOf(history, null, "").get("activeAlarms").intValue()).isEqualTo(1);
    JsonNode own = Documents.overviewOf(history, OTHER_KEY, "");
    assertThat(own.get("model").get("name").asText()).isEqualTo("other");
    assertThat(own.get("activeAlarms").intValue()).isEqualTo(1);
    assertThat(own.get("alarms").get(0).get("otherModel").isNull()).isTrue();
    assertThat(own.get("verdict").get("sentence").asText()).isEqualTo("There are no windows yet.");
  }

  @Test
  void itIsSeenBesideWindowsOfAnotherModel() throws IOException {
    history.add(input(0, 0, numbers("x", 0.01)));
    history.add(silence(OTHER, "north"));

    JsonNode overview = Documents.overview(history, "");

    assertThat(overview.get("activeAlarms").intValue()).isEqualTo(1);
    assertThat(overview.get("alarms").get(0).get("otherModel").asText())
        .isEqualTo("other 2, cccccccc");
    assertThat(overview.get("models").findValuesAsText("name")).containsExactly("sample", "other");
    assertThat(Documents.overview(history, "north").get("activeAlarms").intValue()).isEqualTo(1);
    assertThat(Documents.overview(history, "south").get("activeAlarms").intValue()).isZero();
  }

  @Test
  void onceClearedItIsNoReasonToChooseItsModel() throws IOException {
    history.add(input(0, 0, numbers("x", 0.01)));
    Alarm raised = silence(OTHER, "");
    history.add(raised);
    history.add(raised.cleared(raised.window(), raised.course(), "records come again"));

    assertThat(Documents.overview(history, "").get("activeAlarms").intValue()).isZero();
    assertThat(Documents.overview(history, "").get("alarms")).hasSize(2);
    assertThat(history.choices().stream().map(SeenModel::key)).containsExactly(KEY);
    assertThat(history.knows(OTHER_KEY)).isTrue();
  }

  private static Alarm cleared(Alarm raised) {
    return raised.cleared(raised.window(), raised.course(), "records come again");
  }

  private int active(ModelKey key) throws IOException {
    return Documents.overviewOf(history, key, "").get("activeAlarms").intValue();
  }

  /** Its job is gone, and with it whoever would clear it. */
  @Test
  void itIsOverOnceAJobWithAnotherModelGoesOn() throws IOException {
    history.add(silence(OTHER, ""));
    history.add(silence(OTHER, "north"));
    assertThat(active(KEY)).isEqualTo(2);
    history.add(input(0, 0, numbers("x", 0.01)));
    history.add(input(1, 0, numbers("x", 0.01)));
    Alarm own = silence(MODEL, "");
    history.add(own);
    assertThat(active(KEY)).isEqualTo(1);
    history.add(cleared(own));

    assertThat(active(KEY)).isZero();
    JsonNode overview = Documents.overview(history, "");
    assertThat(overview.get("alarms").findValuesAsText("state"))
        .containsExactly("CLEARED", "RAISED", "RAISED", "RAISED");
    assertThat(overview.get("alarms").findValuesAsText("active")).containsOnly("false");
    assertThat(overview.get("models").findValuesAsText("name")).containsExactly("sample");
    assertThat(history.openAlarms()).isEmpty();
    assertThat(active(OTHER_KEY)).as("of the model itself").isEqualTo(2);
  }

  @Test
  void itIsOverOnceAJobWithAnotherModelCallsTheFeedSilent() throws IOException {
    Alarm later = silence(MODEL, "", START + HOUR);
    history.add(later);
    history.add(silence(OTHER, "")); // topics are read partition by partition

    assertThat(active(KEY)).isEqualTo(1);
    assertThat(history.openAlarms()).containsExactly(later);
    assertThat(history.choices().stream().map(SeenModel::key)).containsExactly(KEY);

    history.add(cleared(later));
    assertThat(active(KEY)).isZero();
    assertThat(history.choices()).isEmpty();
  }

  /** A job that is drained closes the window that is open. */
  @Test
  void whatAJobBeforeItsOwnSaidDoesNotEndIt() throws IOException {
    Alarm earlier = silence(MODEL, "");
    history.add(earlier);
    history.add(cleared(earlier));
    history.add(input(1, 0, numbers("x", 0.01)));
    history.add(silence(OTHER, "", START + HOUR + HOUR / 2));

    assertThat(active(KEY)).isEqualTo(1);
    assertThat(history.choices().stream().map(SeenModel::key)).containsExactly(KEY, OTHER_KEY);
  }

  @Test
  void modelsThatOnlyOpenAlarmsAreAboutComeLastTheNewestFirst() {
    history.add(silence(new ProfiledModel("older", "1", "d".repeat(64)), ""));
    history.add(silence(OTHER, ""));
    history.add(input(0, 0, numbers("x", 0.01)));

    assertThat(history.choices().stream().map(seen -> seen.model().name()))
        .containsExactly("sample", "other", "older");
  }

  @Test
  void anAlarmAboutAWindowIsOfItsModelAlone() throws IOException {
    history.add(SampleProfiles.alarm("x", 0));

    assertThat(Documents.overviewOf(history, OTHER_KEY, "").get("activeAlarms").intValue())
        .isZero();
    assertThat(Documents.overview(history, "").get("model").get("name").asText())
        .isEqualTo(MODEL.name());
    assertThat(Documents.overview(history, "").get("activeAlarms").intValue()).isEqualTo(1);
  }
}
