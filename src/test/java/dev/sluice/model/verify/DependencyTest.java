package dev.sluice.model.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DependencyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "onnxruntime==1.28.0                       | onnxruntime     | ==1.28.0",
        "Onnx_Runtime.GPU >= 1.15 , <2             | onnx-runtime-gpu| >=1.15,<2",
        "numpy                                     | numpy           | ''",
        "onnx[reference] (>=1.12)  # for the check | onnx            | >=1.12",
        "torch==2.1 ; python_version < '3.12'      | torch           | ==2.1",
        "python=3.11.4                             | python          | =3.11.4",
      })
  void readsRequirements(String line, String name, String versions) {
    assertThat(Dependency.parse(line, "f")).contains(new Dependency(name, versions, "f"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# all", "-r other.txt", "--index-url x", "https://a/b.whl", "a b c"})
  void leavesOutWhatIsNoRequirement(String line) {
    assertThat(Dependency.parse(line, "f")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "==1.29.0, true", "==1.28.0, false", "==1.28, false", ">1.28.0, true", ">=1.28.1, true",
    "~=2.0, true", "==1.9.0, false", "=1.30, true", "'>=1.15,<2', false", "<2, false",
    "'!=1.29.0', false", "'<3,>=1.29', true", "==99999999999999999999, true", "'', false",
  })
  void comparesVersions(String versions, boolean later) {
    assertThat(new Dependency("a", versions, "f").needsLaterThan("1.28.0")).isEqualTo(later);
  }

  @Test
  void isWrittenAsARequirement() {
    assertThat(new Dependency("a", "==1", "f")).hasToString("a==1");
  }

  @Test
  void aLineMadeToTakeLongTakesNoTime() {
    String spaces = " ".repeat(900);

    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          for (int i = 0; i < 100; i++) {
            assertThat(Dependency.parse("a" + spaces + "x", "requirements.txt")).isEmpty();
            assertThat(Dependency.parse("a" + spaces.repeat(50) + "x", "requirements.txt"))
                .isEmpty();
          }
        });
  }
}
