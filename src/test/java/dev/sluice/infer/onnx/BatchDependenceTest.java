package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchDependenceTest {
  private static final Path MODELS = Path.of("src/test/resources/models");

  @TempDir Path directory;

  @Test
  void findsDynamicQuantisation() {
    assertThat(BatchDependence.isIn(MODELS.resolve("runtime/quantised.onnx"))).isTrue();
    assertThat(BatchDependence.isIn(MODELS.resolve("log-label.onnx"))).isFalse();
  }

  @Test
  void findsItAcrossChunks() throws IOException {
    for (int before : new int[] {0, 65_525, 65_536, 131_060}) {
      String text = "-".repeat(before) + "DynamicQuantizeLinear";
      Path file = Files.writeString(directory.resolve("model.onnx"), text);
      assertThat(BatchDependence.isIn(file)).as("after %s bytes", before).isTrue();
    }
    Path cut = Files.writeString(directory.resolve("cut"), "DynamicQuantizDynamicQuantiz");
    assertThat(BatchDependence.isIn(cut)).isFalse();
  }
}
