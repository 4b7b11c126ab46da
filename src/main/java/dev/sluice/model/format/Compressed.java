package dev.sluice.model.format;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/**
 * Looks into gzip and zlib, as joblib, R and download sites write them, and names the compressions
 * that the JDK cannot read.
 */
final class Compressed {
  /** What is not looked into, by signature. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "BZh", "bzip2",
          "\u00fd7zXZ\0", "xz",
          "]\0\0", "lzma",
          "\u0004\"M\u0018", "lz4",
          "(\u00b5/\u00fd", "zstd");

  /**
   * The commands that unpack from standard input to standard output: none looks at a file's name,
   * which says {@code .onnx} or {@code .joblib} whatever the bytes are.
   */
  private static final Map<String, String> COMMANDS =
      Map.of(
          "gzip", "gunzip -c",
          "zlib",
              "python -c \"import sys, zlib;"
                  + " sys.stdout.buffer.write(zlib.decompress(sys.stdin.buffer.read()))\"",
          "bzip2", "bunzip2 -c",
          "xz", "xz -dc",
          "lzma", "xz -dc",
          "lz4", "lz4 -dc",
          "zstd", "zstd -dc");

  private static final Map<String, String> WRITERS =
      Map.of(
          "bzip2", ", as joblib and R write it",
          "xz", ", as joblib and R write it",
          "lzma", ", as joblib writes it",
          "lz4", ", as joblib writes it");

  private Compressed() {}

  /** Returns the beginning of what is inside, where the file is gzip or zlib. */
  static Optional<Head> unpack(Head head) throws IOException {
    byte[] bytes = head.bytes();
    if (bytes.length < 3 || !head.isPlain()) {
      return Optional.empty();
    }
    boolean gzip = (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b && bytes[2] == 8;
    boolean zlib =
        (bytes[0] & 0x0f) == 8
            && (bytes[0] & 0xf0) <= 0x70
            && ((bytes[0] & 0xff) << 8 | bytes[1] & 0xff) % 31 == 0;
    if (!gzip && !zlib) {
      return Optional.empty();
    }
    byte[] content;
    try (InputStream packed = new ByteArrayInputStream(bytes);
        InputStream stream = open(gzip ? "gzip" : "zlib", packed)) {
      content = Head.upTo(stream, Head.MAX_BYTES);
    } catch (IOException e) {
      content = new byte[0]; // the header of gzip itself is damaged
    }
    return content.length == 0 && zlib
        ? Optional.empty()
        : Optional.of(head.unpacked(gzip ? "gzip" : "zlib", content));
  }

  /** Unpacks gzip or zlib; the stream closes the packed one. */
  static InputStream open(String packing, InputStream packed) throws IOException {
    return packing.equals("gzip")
        ? new GZIPInputStream(packed, 1 << 16)
        : new InflaterInputStream(new BufferedInputStream(packed, 1 << 16));
  }

  /** Returns a file of a compression that is not looked into. */
  static Optional<DetectedFormat> detect(Head head) {
    return OTHERS.entrySet().stream()
        .filter(other -> head.startsWith(other.getKey()))
        .findFirst()
        .map(other -> found(head, other.getValue(), WRITERS.getOrDefault(other.getValue(), "")));
  }

  /** Returns a compressed file with nothing known inside. */
  static DetectedFormat unknown(Head inside) {
    if (inside.packing().equals("zlib")) {
      return DetectedFormat.of(inside.path(), ModelFormat.ZLIB, "nothing known inside");
    }
    boolean empty = inside.size() == 0;
    String what = empty ? ", cut off, damaged or empty" : ", with nothing known inside";
    return found(inside, inside.packing(), what);
  }

  private static DetectedFormat found(Head head, String packing, String details) {
    return DetectedFormat.of(
        head.path(), ModelFormat.COMPRESSED, packing + details, Map.of("PACKING", packing));
  }

  /** Returns the command that unpacks its input; the word DECOMPRESS where none is known. */
  static String command(String packing) {
    return COMMANDS.getOrDefault(packing, "DECOMPRESS");
  }

  /** Returns a name for what a file unpacks to, never its own: the shell empties it first. */
  static String unpackedName(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.startsWith("unpacked") ? "model" : "unpacked";
  }
}
