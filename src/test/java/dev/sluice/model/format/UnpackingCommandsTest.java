package dev.sluice.model.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that unpack do so, in a shell, whatever the packed file is called. */
class UnpackingCommandsTest {
  private static final Path ONNX = Path.of("src/test/resources/models/fixed-batch.onnx");

  @TempDir Path directory;

  @BeforeEach
  void needsShell() {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.onnx", "unpacked.onnx", "Unpacked.ONNX", "model.gz"})
  void anOnnxModelComesOutOfGzip(String name) throws Exception {
    needs("gunzip");
    byte[] onnx = Files.readAllBytes(ONNX);
    Path file = Files.write(directory.resolve(name), Archive.gzip(onnx));
    Path unpacked = unpack(file, ModelFormat.COMPRESSED_ONNX);
    assertThat(unpacked).hasBinaryContent(onnx).hasExtension("onnx");
    assertThat(file).as("the file itself").hasBinaryContent(Archive.gzip(onnx));
  }

  @Test
  void anOnnxModelComesOutOfZlib() throws Exception {
    needs("python");
    byte[] onnx = Files.readAllBytes(ONNX);
    Path file = Files.write(directory.resolve("model.onnx"), Archive.zlib(onnx));
    assertThat(unpack(file, ModelFormat.COMPRESSED_ONNX)).hasBinaryContent(onnx);
  }

  @ParameterizedTest
  @CsvSource({"bz2, bunzip2", "xz, xz", "lzma, xz", "lz4, lz4"})
  void aModelOfJoblibComesOut(String packing, String program) throws Exception {
    needs(program);
    Path sample = RealSamplesTest.SAMPLES.resolve("forest.joblib." + packing);
    Path file = Files.copy(sample, directory.resolve("m.joblib"));
    Path unpacked = unpack(file, ModelFormat.COMPRESSED);
    assertThat(FormatDetector.detect(unpacked).orElseThrow().format())
        .isEqualTo(ModelFormat.SKLEARN_PICKLE);
  }

  /** Runs the remedy's command in the file's directory and returns the file it makes. */
  private Path unpack(Path file, ModelFormat format) throws Exception {
    DetectedFormat found = FormatDetector.detect(file).orElseThrow();
    assertThat(found.format()).isEqualTo(format);
    assertThat(found.remedy()).startsWith("run ");
    String command = found.remedy().substring("run ".length()).replaceFirst(" and hand over.*", "");
    assertThat(run(command)).as(command).isZero();
    try (var files = Files.list(directory)) {
      return files.filter(other -> !other.equals(file)).findFirst().orElseThrow();
    }
  }

  private void needs(String program) throws Exception {
    assumeTrue(run("command -v " + program + " > /dev/null") == 0, "no " + program);
  }

  private int run(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("/bin/sh", "-c", command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();
    return process.exitValue();
  }
}
