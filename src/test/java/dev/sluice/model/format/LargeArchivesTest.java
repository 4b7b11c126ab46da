package dev.sluice.model.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives in which much comes before what says what they are. */
class LargeArchivesTest {
  private static final String SIGNATURE = "signatures: score_rows(rows float64) -> (sum float64)";
  private static final long GB = 1L << 30;
  private static final long MB = 1L << 20;

  @TempDir Path directory;

  @Test
  void weightsBeforeTheSavedModelArePassedOver() throws IOException {
    assertThat(detect(tar(70 * MB)).details()).endsWith(SIGNATURE);
    assertThat(detect(gzip(tar(70 * MB))).details()).endsWith(SIGNATURE);
  }

  /** Sizes from 8 GB on do not fit into octal digits; the file is sparse. */
  @Test
  void weightsOfAnySizeArePassedOverInAPlainTar() throws IOException {
    assertThat(detect(tar(9 * GB)).details()).endsWith(SIGNATURE);
  }

  @Test
  void whereABoundEndsTheScanIsSaid() throws IOException {
    Head head = Head.read(gzip(tar(70 * MB)));
    Head inside = Compressed.unpack(head).orElseThrow();
    DetectedFormat found = TarFormats.detect(inside, MB, 20 * MB).orElseThrow();
    assertThat(found.format()).isEqualTo(ModelFormat.ARCHIVE);
    assertThat(found.details())
        .isEqualTo("it holds sm/variables/weights; only its first 20 MB were looked at");
    assertThat(TarFormats.detect(inside, 1 << 18, GB).orElseThrow().details())
        .isEqualTo("it holds sm/variables/weights; only its first 1 MB were looked at");
  }

  /** The graph comes before the signatures, and may hold all weights. */
  @Test
  void aLargeSavedModelIsReadPastItsGraph() throws IOException {
    Path zip = directory.resolve("m.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.setLevel(Deflater.BEST_SPEED);
      out.putNextEntry(new ZipEntry("sm/saved_model.pb"));
      writeLargeModel(out);
      out.closeEntry();
    }
    assertThat(detect(zip).details()).endsWith(SIGNATURE);
    Path model = directory.resolve("saved_model.pb");
    try (OutputStream out = Files.newOutputStream(model)) {
      writeLargeModel(out);
    }
    Path tar = directory.resolve("m.tar");
    try (OutputStream out = Files.newOutputStream(tar)) {
      out.write(header("sm/saved_model.pb", Files.size(model)));
      Files.copy(model, out);
    }
    assertThat(detect(tar).details()).endsWith(SIGNATURE);
    assertThat(detect(gzip(tar)).details()).endsWith(SIGNATURE);
    DetectedFormat bounded =
        TarFormats.detect(Compressed.unpack(Head.read(gzip(tar))).orElseThrow(), MB, 20 * MB)
            .orElseThrow();
    assertThat(bounded.format()).isEqualTo(ModelFormat.SAVED_MODEL);
    assertThat(bounded.details()).isEqualTo("no signatures; only its first 20 MB were looked at");
  }

  private static void writeLargeModel(OutputStream out) throws IOException {
    out.write(new byte[] {0x1a, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x2d}); // field 3, 90 MB
    byte[] block = new byte[1 << 20];
    for (int i = 0; i < 90; i++) {
      out.write(block);
    }
    out.write(model());
  }

  /** Writes a tar whose weights come first, without storing them where a file may be sparse. */
  private Path tar(long weights) throws IOException {
    Path file = directory.resolve("m.tar");
    Files.deleteIfExists(file);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(header("sm/variables/weights", weights));
      out.seek(512 + weights);
      out.write(header("sm/saved_model.pb", model().length));
      out.write(model());
      out.write(new byte[512 - model().length % 512 + 1024]);
    }
    return file;
  }

  private static byte[] header(String name, long size) {
    byte[] header = Arrays.copyOf(new Archive().with(name, "").tar(), 512);
    if (size < 8 * GB) {
      byte[] digits = "%011o".formatted(size).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(digits, 0, header, 124, digits.length);
    } else {
      Arrays.fill(header, 124, 136, (byte) 0);
      header[124] = (byte) 0x80;
      for (int i = 0; i < 8; i++) {
        header[135 - i] = (byte) (size >> 8 * i);
      }
    }
    return header;
  }

  private Path gzip(Path file) throws IOException {
    Path packed = directory.resolve("m.tar.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed), 1 << 16)) {
      Files.copy(file, out);
    }
    return packed;
  }

  private static byte[] model() throws IOException {
    return Files.readAllBytes(RealSamplesTest.SAMPLES.resolve("saved-model-v1/saved_model.pb"));
  }

  private static DetectedFormat detect(Path file) throws IOException {
    return FormatDetector.detect(file).orElseThrow();
  }
}
