package dev.sluice.model.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the bytes are: no exception, no endless work, no name that could do harm when copied.
 */
@Timeout(60)
class HostileFilesTest {
  private static final int MUTATIONS = 40;

  @TempDir Path directory;

  static List<Path> samples() throws IOException {
    List<Path> samples = new ArrayList<>();
    for (Path root : List.of(RealSamplesTest.SAMPLES, Path.of("src/test/resources/models"))) {
      try (Stream<Path> files = Files.walk(root)) {
        files.filter(Files::isRegularFile).sorted().forEach(samples::add);
      }
    }
    return samples;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleMayBeCutAnywhere(Path sample) throws IOException {
    byte[] bytes = Files.readAllBytes(sample);
    int step = Math.max(1, bytes.length / 50);
    for (int length = 0; length < bytes.length; length += length < 80 ? 1 : step) {
      detect(Arrays.copyOf(bytes, length));
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleMayHaveWrongBytes(Path sample) throws IOException {
    Random random = new Random(11);
    byte[] bytes = Files.readAllBytes(sample);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] changed = bytes.clone();
      for (int j = 0; j <= i % 8; j++) {
        int range = i % 2 == 0 ? Math.min(64, changed.length) : changed.length;
        changed[random.nextInt(range)] = (byte) random.nextInt();
      }
      detect(changed);
    }
  }

  @Test
  void noiseHasNoFormat() throws IOException {
    Random random = new Random(13);
    int named = 0;
    for (int i = 0; i < 1000; i++) {
      byte[] noise = new byte[1 + random.nextInt(2000)];
      random.nextBytes(noise);
      named += detect(noise) ? 1 : 0;
    }
    assertThat(named).isLessThan(10);
  }

  @Test
  void noiseAfterEachSignatureDoesNoHarm() throws IOException {
    Random random = new Random(17);
    List<String> signatures =
        List.of(
            "PK\u0003\u0004",
            "PK\u0005\u0006",
            "\u001f\u008b\b\0",
            "x\u009c",
            "\u0080\u0002",
            "\u0080\u0005\u0095",
            "\b\u0007\u0012",
            "\b\u0001\u0012",
            "\n",
            "{\"a\":",
            "<?xml ?><PMML ",
            "(",
            "c",
            "\u0089HDF\r\n\u001a\n",
            "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.",
            "X\n\0\0\0\u0003",
            "{L");
    for (int i = 0; i < 1500; i++) {
      byte[] noise = new byte[random.nextInt(600)];
      random.nextBytes(noise);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.writeBytes(signatures.get(i % signatures.size()).getBytes(StandardCharsets.ISO_8859_1));
      bytes.writeBytes(noise);
      detect(bytes.toByteArray());
    }
  }

  @Test
  void aBombOfGzipIsOpenedALittle() throws IOException {
    Path file = directory.resolve("bomb.gz");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      zeros(gzip, 100);
    }
    assertThat(FormatDetector.detect(file).orElseThrow().format())
        .isEqualTo(ModelFormat.COMPRESSED);
  }

  /** The signatures come after 90 MB in pieces that are read, not passed over: too far to look. */
  @Test
  void aBombOfZipIsOpenedALittle() throws IOException {
    Path file = directory.resolve("bomb.zip");
    Path model = RealSamplesTest.SAMPLES.resolve("saved-model-v1/saved_model.pb");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("saved_model.pb"));
      byte[] piece = new byte[1 << 10];
      piece[0] = 0x1a; // field 3, two bytes of length
      piece[1] = (byte) (piece.length - 3 & 0x7f | 0x80);
      piece[2] = (byte) (piece.length - 3 >> 7);
      for (int i = 0; i < 90 << 10; i++) {
        zip.write(piece);
      }
      zip.write(Files.readAllBytes(model));
      zip.closeEntry();
    }
    assertThat(FormatDetector.detect(file).orElseThrow().details())
        .isEqualTo("no signatures; only its first 64 MB were looked at");
  }

  @Test
  void aTarOfManyFilesIsReadInBounds() throws IOException {
    Path file = directory.resolve("many.tar.gz");
    byte[] one = Arrays.copyOf(new Archive().with("a", "").tar(), 512);
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < 200_000; i++) {
        gzip.write(one);
      }
    }
    assertThat(FormatDetector.detect(file).orElseThrow().details())
        .endsWith("and 9990 more; only its first 4 MB were looked at");
  }

  @Test
  void messagesInMessagesEndSomewhere() throws IOException {
    byte[] nested = new byte[1 << 18];
    for (int i = 0; i + 4 < nested.length; i += 4) {
      nested[i] = 0x0a; // field 1, three bytes of length
      nested[i + 1] = (byte) (nested.length - i - 4 | 0x80);
      nested[i + 2] = (byte) (nested.length - i - 4 >> 7 | 0x80);
      nested[i + 3] = (byte) (nested.length - i - 4 >> 14);
    }
    assertThat(detect(nested)).isFalse();
    assertThat(detect("{\"a\":".repeat(50_000).getBytes(StandardCharsets.US_ASCII))).isTrue();
    assertThat(detect("<a>".repeat(80_000).getBytes(StandardCharsets.US_ASCII))).isTrue();
    assertThat(detect(("<!--" + "<?".repeat(100_000)).getBytes(StandardCharsets.US_ASCII)))
        .isTrue();
    assertThat(detect(" ".repeat(250_000).getBytes(StandardCharsets.US_ASCII))).isTrue();
  }

  /** Where a search begins anew at each line or tag, it has to end soon, too. */
  @Test
  @Timeout(5)
  void whatRepeatsIsSearchedOnce() throws IOException {
    for (String blank : List.of("\n", " ", "\t\r\n", "algorithm", "algorithm = \n")) {
      String ini = blank.repeat((1 << 18) / blank.length());
      assertThat(detect(new Archive().with("model.ini", ini).zip())).isTrue();
    }
    for (String tag : List.of("<PMML ", "<Application ", "<title", "<PMML version=\"", "<!--")) {
      String xml = "<?xml version=\"1.0\"?><PMML>" + tag.repeat((1 << 18) / tag.length());
      assertThat(detect(xml.getBytes(StandardCharsets.US_ASCII))).isTrue();
    }
  }

  @Test
  void aNameInsideAFileCannotBecomeACommand() throws IOException {
    byte[] model =
        Files.readAllBytes(RealSamplesTest.SAMPLES.resolve("saved-model-v1/saved_model.pb"));
    String hostile = "$(rm *)!\u001b[";
    String text = new String(model, StandardCharsets.ISO_8859_1).replace("score_rows", hostile);
    Path file = directory.resolve("saved_model.pb");
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    DetectedFormat found = FormatDetector.detect(file).orElseThrow();
    assertThat(found.details()).contains("$(rm *)").doesNotContain("\u001b");
    assertThat(found.remedy()).contains("--signature_def SIGNATURE ").doesNotContain("rm");
  }

  @Test
  void aPathWithSpacesStaysAPlaceholder() throws IOException {
    Path file =
        Files.write(directory.resolve("my model.cbm"), "CBM1".getBytes(StandardCharsets.US_ASCII));
    DetectedFormat found = FormatDetector.detect(file).orElseThrow();
    assertThat(found.advice()).startsWith(file.toString()).contains("load_model('FILE')");
  }

  private boolean detect(byte[] bytes) throws IOException {
    Path file = Files.write(directory.resolve("bytes"), bytes);
    return FormatDetector.detect(file)
        .map(
            found -> {
              assertThat(found.advice()).isNotBlank().doesNotContain("\n").hasSizeLessThan(3000);
              return found;
            })
        .isPresent();
  }

  private static void zeros(OutputStream stream, int megabytes) throws IOException {
    byte[] block = new byte[1 << 20];
    for (int i = 0; i < megabytes; i++) {
      stream.write(block);
    }
  }
}
