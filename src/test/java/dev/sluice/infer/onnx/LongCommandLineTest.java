package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A JVM with a long command line, as a TaskManager has, opens a session. ONNX Runtime 1.29.0
 * matches the command line against recursive regular expressions for its telemetry, and takes the
 * process down with it.
 */
class LongCommandLineTest {
  private static final int LENGTH = 64 << 10;

  @Test
  void opensASession() throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LongCommandLineTest.class.getName(),
                    "a".repeat(LENGTH)))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("opened");
  }

  /** Opens the environment, which is where the crash was. */
  public static void main(String[] args) {
    try (OrtEnvironment environment = OrtEnvironment.getEnvironment()) {
      System.out.println("opened " + environment.getVersion());
    }
  }
}
