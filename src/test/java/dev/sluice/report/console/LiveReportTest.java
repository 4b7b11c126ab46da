package dev.sluice.report.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.profile.ProfileKind;
import dev.sluice.report.History;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveReportTest {
  private static final String NEW = "ef".repeat(32);

  private final LiveReport report = new LiveReport(new History(), List.of(), new Changes());

  private JsonNode overview(String query) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    report.overview(Query.of(query), bytes);
    return new JsonMapper().readTree(bytes.toByteArray());
  }

  @Test
  void aSilentFeedIsSeenWithoutWindows() throws IOException {
    assertThat(overview("").get("activeAlarms").intValue()).isZero();

    report.add(SampleWindows.silent(NEW));

    assertThat(overview("").get("activeAlarms").intValue()).isEqualTo(1);
    assertThat(overview("").get("model").get("sha256").asText()).isEqualTo(NEW);
  }

  /** As a segment that was chosen before a model came that is watched by others. */
  @Test
  void aSegmentThatTheModelDoesNotHaveIsNamedAndCanBeLeft() throws IOException {
    assertThat(overview("segment=Foo").get("verdict").get("sentence").asText())
        .isEqualTo("There are no windows yet.");
    report.add(SampleWindows.summary(ProfileKind.INPUT, 0, ""));

    JsonNode overview = overview("segment=Foo");
    assertThat(overview.get("verdict").get("sentence").asText())
        .isEqualTo("There are no windows of segment Foo of this model.");
    assertThat(overview.get("segment").asText()).isEqualTo("Foo");
    assertThat(overview.get("segments").toString()).isEqualTo("[\"\",\"Foo\"]");
    assertThat(overview("").get("segments").toString()).isEqualTo("[\"\"]");
  }

  @Test
  void aModelThatOnlyAnAlarmIsAboutCanBeChosen() throws IOException {
    report.add(SampleWindows.summary(ProfileKind.INPUT, 0, ""));
    report.add(SampleWindows.silent(NEW));

    assertThat(overview("").get("model").get("version").asText()).isEqualTo("3");
    assertThat(overview("").get("activeAlarms").intValue()).isEqualTo(1);
    JsonNode chosen = overview("model=" + NEW + "&baseline=" + "cd".repeat(32));
    assertThat(chosen.get("model").get("version").asText()).isEqualTo("4");
    assertThat(chosen.get("activeAlarms").intValue()).isEqualTo(1);
    assertThatThrownBy(() -> overview("model=none"))
        .hasMessage("the model is none, expected one that windows or alarms are about");
  }
}
