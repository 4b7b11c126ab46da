package dev.sluice.model.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ModelPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclaredDependenciesTest {
  private static final Path MODEL = Path.of("src/test/resources/models/log-label.onnx");

  @TempDir Path directory;

  private final Findings findings = new Findings();

  @BeforeEach
  void makePackage() throws IOException {
    Files.copy(MODEL, directory.resolve("model.onnx"));
    write("MLmodel", "flavors: {onnx: {data: model.onnx}}\n");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private List<Dependency> read() {
    return DeclaredDependencies.read(ModelPackage.open(directory), findings);
  }

  @Test
  void namesEachRequirementOnceByItsFirstFile() throws IOException {
    write("requirements.txt", "mlflow==2.13.0\n# comment\n\n-r other.txt\nonnxruntime==1.23.2");
    write(
        "conda.yaml",
        "channels: [conda-forge]\ndependencies:\n- python=3.11\n- pip\n- pip:\n  - mlflow==2.13.0\n"
            + "  - numpy==1.24.2\n");
    write("python_env.yaml", "python: 3.11.2\nbuild_dependencies: [pip, wheel]\n");

    assertThat(read())
        .extracting(dependency -> dependency.file() + ": " + dependency)
        .containsExactly(
            "requirements.txt: mlflow==2.13.0",
            "requirements.txt: onnxruntime==1.23.2",
            "conda.yaml: python=3.11",
            "conda.yaml: pip",
            "conda.yaml: numpy==1.24.2",
            "python_env.yaml: wheel");
    assertThat(findings.warnings()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsAWarning() throws IOException {
    write("requirements.txt", "a\n".repeat(1 << 20));
    write("conda.yaml", "dependencies: [");
    write("python_env.yaml", "dependencies: !!java.net.URL [x]\n");

    assertThat(read()).isEmpty();
    assertThat(findings.problems()).isEmpty();
    assertThat(findings.warnings())
        .hasSize(3)
        .anyMatch(line -> line.endsWith("has more than 1048576 bytes and is not read"))
        .anyMatch(line -> line.contains("conda.yaml"))
        .anyMatch(line -> line.contains("python_env.yaml"));
  }

  @Test
  void otherShapesAndEncodingsAreLeftOut() throws IOException {
    Files.write(
        directory.resolve("requirements.txt"), new byte[] {'a', '\n', (byte) 0xff, '\n', 'b'});
    write("conda.yaml", "dependencies: numpy\n");
    write("python_env.yaml", "dependencies: [null, 7, [x], {pip: y}]\n");

    assertThat(read()).extracting(Dependency::name).containsExactly("a", "b");
    assertThat(findings.warnings()).isEmpty();
  }

  @Test
  void aLaterRuntimeIsAWarningAndExtensionsANote() throws IOException {
    write("requirements.txt", "onnxruntime-gpu>=1.29\nonnxruntime-extensions==0.10\ntorch==9.0\n");

    DependencyCheck.check(ModelPackage.open(directory), findings);

    assertThat(findings.problems()).isEmpty();
    assertThat(findings.warnings())
        .containsExactly(
            "requirements.txt declares onnxruntime-gpu>=1.29, but ONNX Runtime 1.28.0 is what runs"
                + " here");
    assertThat(findings.notes())
        .containsExactly(
            "requirements.txt declares onnxruntime-extensions==0.10, which is not loaded; a model"
                + " that has none of its operators needs it not");
  }
}
