package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Those options of a job that decide what a model answers. */
class AnswerOptionsTest {
  private static final String JOB =
      """
      kafka.bootstrap-servers: broker:9092
      batch.max-rows: none
      model:
        uri: /models/m
        timeout: 5 s
        inputs: {x: "a,b"}
        padding: {tokens: "16:-1"}
      outputs.rename.score: risk
      """;

  @TempDir Path directory;

  private static AnswerOptions set(String... settings) {
    return OptionReader.answers(null, List.of(settings), "--set");
  }

  private String job(String text) throws IOException {
    return Files.writeString(directory.resolve("job.yaml"), text).toString();
  }

  @Test
  void withoutAnyTheyAreTheDefaultsOfAJob() {
    assertThat(set()).isEqualTo(AnswerOptions.defaults());
  }

  @Test
  void settingsAreRead() {
    AnswerOptions options =
        set("model.padding.tokens=8:=", "model.nan-output=flag", "outputs.threshold.p[1]=0.5");

    assertThat(options.padding()).containsEntry("tokens", new PaddedLength(8, "="));
    assertThat(options.scoring().nanOutput()).isEqualTo(NanOutput.FLAG);
    assertThat(options.outputs().threshold()).containsEntry("p[1]", 0.5);
  }

  @Test
  void otherAreasOfAJobsFileArePassedOver() throws IOException {
    AnswerOptions options = OptionReader.answers(job(JOB), List.of(), "--set");

    assertThat(options.inputs()).containsEntry("x", List.of("a", "b"));
    assertThat(options.padding()).containsEntry("tokens", new PaddedLength(16, "-1"));
    assertThat(options.scoring().timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.outputs().rename()).containsEntry("score", "risk");
  }

  @Test
  void aSettingWinsOverTheFile() throws IOException {
    AnswerOptions options =
        OptionReader.answers(
            job(JOB), List.of("model.timeout=9 s", "outputs.rename.label=class"), "--set");

    assertThat(options.scoring().timeout()).isEqualTo(Duration.ofSeconds(9));
    assertThat(options.outputs().rename())
        .containsEntry("score", "risk")
        .containsEntry("label", "class");
  }

  @Test
  void everyProblemIsNamed() throws IOException {
    String file = job(JOB + "model.nan-outputs: flag\n");
    List<String> settings =
        List.of("outputs.argmaxx.p=index", "model.timeout=soon", "model.row-by-row", "=1");

    assertThatThrownBy(() -> OptionReader.answers(file, settings, "--set"))
        .hasMessageContaining("model.nan-outputs is no option, expected perhaps model.nan-output")
        .hasMessageContaining("outputs.argmaxx.p is no option, expected perhaps outputs.argmax.p")
        .hasMessageContaining("model.timeout is soon, expected a duration")
        .hasMessageContaining("--set is model.row-by-row, expected KEY=VALUE")
        .hasMessageContaining("--set is =1, expected KEY=VALUE");
  }

  @Test
  void otherAreasCannotBeSet() {
    assertThatThrownBy(() -> set("batch.max-rows=9"))
        .hasMessageContaining("batch.max-rows does not change what the model answers");
    assertThatThrownBy(() -> set("model.uri=/models/m"))
        .hasMessageContaining(
            "model.uri does not change what the model answers, expected a key of");
    assertThatThrownBy(() -> set("model.timeout=1 s", "model.timeout=2 s"))
        .hasMessageContaining("--set model.timeout is given twice, expected once");
  }
}
