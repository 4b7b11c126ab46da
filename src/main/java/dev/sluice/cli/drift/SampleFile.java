package dev.sluice.cli.drift;

import dev.sluice.profile.file.DataProfileFile;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens a file, plain or gzipped, and reads the sample in it. */
public final class SampleFile {
  private static final int BUFFER = 1 << 16;
  private static final String EXPECTED =
      "a file of values, counts, buckets or a data profile, plain or gzipped";

  private SampleFile() {}

  /**
   * Reads a file. A data profile is known by its first character, a brace.
   *
   * @param option names in a message who asks for it
   * @throws IllegalArgumentException if it is no sound file of a sample
   * @throws IOException if it cannot be read
   */
  public static Sample read(String option, Path file, SampleOptions options) throws IOException {
    if (!Files.exists(file) || Files.isDirectory(file)) {
      throw new IllegalArgumentException(
          "%s: %s %s, expected %s"
              .formatted(
                  option,
                  file,
                  Files.exists(file) ? "is a directory" : "does not exist",
                  EXPECTED));
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      in.mark(2);
      boolean gzipped = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      InputStream unpacked =
          gzipped ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in;
      return isProfile(unpacked)
          ? new Sample.Profile(DataProfileFile.read(unpacked, file.toString()))
          : SampleReader.read(new Rows(unpacked, file.toString()), file.toString(), options);
    } catch (ZipException | EOFException e) {
      throw new IllegalArgumentException(
          "%s is no sound gzip file: %s, expected %s".formatted(file, e.getMessage(), EXPECTED), e);
    }
  }

  private static boolean isProfile(InputStream in) throws IOException {
    in.mark(BUFFER / 2);
    int first = in.read();
    for (int i = 1; i < BUFFER / 2 && Character.isWhitespace(first); i++) {
      first = in.read();
    }
    in.reset();
    return first == '{';
  }
}
