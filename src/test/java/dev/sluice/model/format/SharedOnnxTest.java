package dev.sluice.model.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ONNX models of the shared data folder, where there is one: whole, and cut off. */
class SharedOnnxTest {
  private static final Path DATA = Path.of("../shared/data");
  private static final int FIRST_FIELDS = 64;

  @TempDir Path directory;

  @BeforeEach
  void needsData() {
    assumeTrue(Files.isDirectory(DATA), "no folder ../shared/data");
  }

  @Test
  void aWholeModelIsNotForThisRoom() throws IOException {
    for (Path model : models()) {
      assertThat(FormatDetector.detect(model)).as(model.toString()).isEmpty();
    }
    assertThat(FormatDetector.detect(DATA.resolve("models/mlflow-gbt"))).isEmpty();
  }

  /** Not to the very end: a cut between two operator sets leaves no trace in the bytes. */
  @Test
  void aModelThatIsCutOffIsNothingElse() throws IOException {
    for (Path model : models()) {
      byte[] onnx = Files.readAllBytes(model);
      int end = onnx.length * 9 / 10;
      for (int length = 1; length < end; length += length < 200 ? 1 : onnx.length / 40) {
        Path file = Files.write(directory.resolve("cut"), Arrays.copyOf(onnx, length));
        Optional<ModelFormat> found = FormatDetector.detect(file).map(DetectedFormat::format);
        if (found.isPresent() || length > FIRST_FIELDS) {
          assertThat(found).as("%s, %d bytes", model, length).contains(ModelFormat.TRUNCATED_ONNX);
        }
      }
    }
  }

  private static List<Path> models() throws IOException {
    try (Stream<Path> files = Files.walk(DATA)) {
      return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
    }
  }
}
