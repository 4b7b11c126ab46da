package dev.sluice.cli.score;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * A file of rows, plain or gzipped: what it is, its unpacked bytes, and how far it has been read.
 */
public final class DataFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int LOOK_AHEAD = 4096;
  private static final String EXPECTED = "a CSV, JSON-lines, Parquet or Avro file";

  private final Path path;
  private final long size;
  private final CountingStream packed;
  private final InputStream unpacked;
  private final boolean gzipped;
  private final Format format;

  /** What the rows are written as. */
  public enum Format {
    /** A header and rows, separated by commas. */
    CSV("CSV"),
    /** A JSON object per line. */
    JSON_LINES("JSON lines"),
    /** Avro's object container file. */
    AVRO("Avro"),
    /** Apache Parquet. */
    PARQUET("Parquet");

    private final String text;

    Format(String text) {
      this.text = text;
    }

    /** Returns the name for a person. */
    @Override
    public String toString() {
      return text;
    }
  }

  private DataFile(Path path) throws IOException {
    this.path = path;
    this.size = Files.size(path);
    this.packed = new CountingStream(Files.newInputStream(path));
    try {
      InputStream in = new BufferedInputStream(packed, BUFFER);
      in.mark(2);
      this.gzipped = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      this.unpacked =
          new BufferedInputStream(gzipped ? new GZIPInputStream(in, BUFFER) : in, BUFFER);
      this.format = format(fileName(path));
    } catch (IOException | RuntimeException e) {
      packed.close();
      throw e;
    }
  }

  /**
   * Opens a file; the caller closes it. An Avro or Parquet file is known by its first bytes, the
   * others by their name ({@code .parquet}, {@code .csv}, {@code .jsonl}, {@code .ndjson}, {@code
   * .json}, also with {@code .gz}), else by whether they begin with a brace.
   *
   * @param option names in a message who asks for it
   * @throws IllegalArgumentException if it is no file that can be read
   */
  public static DataFile open(String option, Path path) {
    if (!Files.exists(path)) {
      throw new IllegalArgumentException(
          option + ": " + path + " does not exist, expected " + EXPECTED);
    }
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new IllegalArgumentException(
          option + ": " + path + " is no file that can be read, expected " + EXPECTED);
    }
    try {
      return new DataFile(path);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** Returns what to throw where a file ends early, or its packing is broken. */
  static IllegalArgumentException unreadable(Path path, Exception e) {
    String why = e.getMessage() == null ? e.toString() : e.getMessage();
    return new IllegalArgumentException(path + " cannot be read: " + why, e);
  }

  private Format format(String name) throws IOException {
    unpacked.mark(LOOK_AHEAD);
    byte[] head = unpacked.readNBytes(LOOK_AHEAD);
    unpacked.reset();
    if (head.length >= 4 && head[0] == 'O' && head[1] == 'b' && head[2] == 'j' && head[3] == 1) {
      return Format.AVRO;
    }
    boolean parquet = head.length >= 4 && new String(head, 0, 4, ISO_8859_1).matches("PAR[1E]");
    if (parquet || name.endsWith(".parquet")) {
      return Format.PARQUET;
    }
    if (name.endsWith(".csv")) {
      return Format.CSV;
    }
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json")) {
      return Format.JSON_LINES;
    }
    String text = new String(head, StandardCharsets.UTF_8).replace("\uFEFF", "").stripLeading();
    return text.startsWith("{") ? Format.JSON_LINES : Format.CSV;
  }

  private static String fileName(Path path) {
    Path name = path.getFileName();
    String text = name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
    return text.endsWith(".gz") ? text.substring(0, text.length() - 3) : text;
  }

  public Path path() {
    return path;
  }

  public Format format() {
    return format;
  }

  boolean isGzipped() {
    return gzipped;
  }

  /** Returns the size of the file as it lies there, in bytes. */
  public long size() {
    return size;
  }

  /** Returns how many of those bytes have been read. */
  long position() {
    return packed.count();
  }

  /** Returns the unpacked bytes; closed with this. */
  InputStream stream() {
    return unpacked;
  }

  @Override
  public void close() throws IOException {
    unpacked.close();
  }
}
