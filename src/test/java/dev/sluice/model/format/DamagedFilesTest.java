package dev.sluice.model.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are damaged, packed, or no model at all; and ONNX, which is none of this. */
class DamagedFilesTest {
  private static final Path MODELS = Path.of("src/test/resources/models");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "embedding-lookup.onnx", "fixed-batch.onnx", "identity-types.onnx", "log-label.onnx",
        "reordered-rank.onnx", "zipmap-int.onnx", "zipmap-string.onnx", "bench-mlp-30/model.onnx",
        "bench-mlp-30"
      })
  void onnxIsNotForThisRoom(String model) throws IOException {
    assertThat(FormatDetector.detect(MODELS.resolve(model))).isEmpty();
  }

  @Test
  void whereNothingIsNothingIsFound() throws IOException {
    assertThat(FormatDetector.detect(directory.resolve("missing"))).isEmpty();
  }

  @Test
  void aTruncatedOnnxModelTellsWhatItLacks() throws IOException {
    byte[] onnx = Files.readAllBytes(MODELS.resolve("bench-mlp-30/model.onnx"));
    assertFormat(
        Arrays.copyOf(onnx, onnx.length / 2),
        ModelFormat.TRUNCATED_ONNX,
        "it has %d bytes and ends %d bytes before the end of its graph"
            .formatted(onnx.length / 2, missing(onnx)));
  }

  /** Behind the graph comes the version of the operator set: six bytes here. */
  private static int missing(byte[] onnx) {
    return onnx.length - onnx.length / 2 - 6;
  }

  @Test
  void packedOnnxHasToBeUnpacked() throws IOException {
    byte[] onnx = Files.readAllBytes(MODELS.resolve("fixed-batch.onnx"));
    assertFormat(Archive.gzip(onnx), ModelFormat.COMPRESSED_ONNX, "gzip");
    assertFormat(Archive.zlib(onnx), ModelFormat.COMPRESSED_ONNX, "zlib");
    Archive archive = new Archive().with("notes.txt", "notes").with("weights", onnx);
    assertFormat(archive.zip(), ModelFormat.PACKED_ONNX, "it holds weights");
    assertFormat(archive.tar(), ModelFormat.PACKED_ONNX, "it holds weights");
    assertFormat(Archive.gzip(archive.tar()), ModelFormat.PACKED_ONNX, "it holds weights");
  }

  @Test
  void aZipWithoutItsEndIsDamaged() throws IOException {
    byte[] zip = new Archive().with("model.onnx", "x".repeat(1000)).zip();
    assertFormat(Arrays.copyOf(zip, 60), ModelFormat.TRUNCATED_ZIP, "it has 60 bytes");
  }

  @Test
  void anArchiveOfAnythingListsTenFiles() throws IOException {
    Archive archive = new Archive();
    for (int i = 10; i < 22; i++) {
      archive.with("part" + i, "x");
    }
    String listed =
        "it holds part10, part11, part12, part13, part14, part15, part16, part17, part18, part19"
            + " and 2 more";
    assertFormat(archive.zip(), ModelFormat.ARCHIVE, listed);
    assertFormat(archive.tar(), ModelFormat.ARCHIVE, listed);
  }

  @Test
  void anArchiveNamesTheModelsInside() throws IOException {
    byte[] joblib = Files.readAllBytes(RealSamplesTest.SAMPLES.resolve("forest.joblib"));
    Archive archive =
        new Archive().with("code/inference.py", "import joblib").with("model.joblib", joblib);
    String held =
        "it holds code/inference.py, model.joblib (a scikit-learn model in a Python pickle)";
    assertFormat(archive.zip(), ModelFormat.ARCHIVE, held);
    assertFormat(Archive.gzip(archive.tar()), ModelFormat.ARCHIVE, held);
    byte[] inner = new Archive().with("archive.tar", archive.tar()).zip();
    assertFormat(inner, ModelFormat.ARCHIVE, "it holds archive.tar");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <!DOCTYPE html><html><head><title>Sign in</title> | HTML | its title is "Sign in"
          <html lang="en"><body>404</body></html> | HTML |
          {"error":"Not Found","status":404} | JSON | its keys are error, status
          ["a", "b"] | JSON | it has no keys
          <?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error> | XML | its root is Error
          Not Found | TEXT | it begins "Not Found"
          version https://git-lfs.github.com/spec/v1 | GIT_LFS_POINTER |
          """)
  void whatADownloadGaveInstead(String content, ModelFormat format, String details)
      throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    assertFormat(bytes, format, details == null ? "" : details);
  }

  @Test
  void anEmptyFileIsEmpty() throws IOException {
    assertFormat(new byte[0], ModelFormat.EMPTY, "");
  }

  @Test
  void aDamagedOrUnknownGzipIsACompressedFile() throws IOException {
    byte[] gzip = Archive.gzip(new byte[] {1, 2, 3, (byte) 0xff});
    assertFormat(gzip, ModelFormat.COMPRESSED, "gzip, with nothing known inside");
    assertFormat(
        Arrays.copyOf(gzip, 10), ModelFormat.COMPRESSED, "gzip, cut off, damaged or empty");
  }

  @Test
  void anUnknownZlibIsPerhapsOfJoblib() throws IOException {
    DetectedFormat zlib =
        assertFormat(
            Archive.zlib(new byte[] {1, 2, 3, (byte) 0xff}),
            ModelFormat.ZLIB,
            "nothing known inside");
    assertThat(zlib.remedy())
        .isEqualTo(
            "if joblib wrote it, run python -c \"import joblib;"
                + " joblib.dump(joblib.load('%s'), 'model.pkl')\"".formatted(zlib.path()));
  }

  @Test
  void bytesOfNoFormatAreNotNamed() throws IOException {
    Path file = Files.write(directory.resolve("noise"), new byte[] {1, 2, 3, (byte) 0xff, 0, 7});
    assertThat(FormatDetector.detect(file)).isEmpty();
  }

  private DetectedFormat assertFormat(byte[] content, ModelFormat format, String details)
      throws IOException {
    Path file = Files.write(directory.resolve("model.onnx"), content);
    DetectedFormat found = FormatDetector.detect(file).orElseThrow();
    assertThat(found.format()).isEqualTo(format);
    assertThat(found.details()).isEqualTo(details);
    Files.delete(file);
    return found;
  }
}
