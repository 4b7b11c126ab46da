package dev.sluice.model.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/**
 * Looks into gzip and zlib, as joblib, R and download sites write them, and names the compressions
 * that the JDK cannot read.
 */
final class Compressed {
  /** The command that unpacks each of the others, by signature. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "BZh", "bunzip2",
          "\u00fd7zXZ\0", "unxz",
          "]\0\0", "unlzma",
          "\u0004\"M\u0018", "unlz4",
          "(\u00b5/\u00fd", "unzstd");

  private static final Map<String, String> NAMES =
      Map.of(
          "bunzip2", "bzip2, as joblib and R write it",
          "unxz", "xz, as joblib and R write it",
          "unlzma", "lzma, as joblib writes it",
          "unlz4", "lz4, as joblib writes it",
          "unzstd", "zstd");

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
        InputStream stream = gzip ? new GZIPInputStream(packed) : new InflaterInputStream(packed)) {
      content = Head.upTo(stream, Head.MAX_BYTES);
    } catch (IOException e) {
      content = new byte[0]; // the header of gzip itself is damaged
    }
    return content.length == 0 && zlib
        ? Optional.empty()
        : Optional.of(head.unpacked(gzip ? "gzip" : "zlib", content));
  }

  /** Returns a file of a compression that is not looked into. */
  static Optional<DetectedFormat> detect(Head head) {
    return OTHERS.entrySet().stream()
        .filter(other -> head.startsWith(other.getKey()))
        .findFirst()
        .map(other -> found(head, NAMES.get(other.getValue()), other.getValue()));
  }

  /** Returns a compressed file with nothing known inside. */
  static DetectedFormat unknown(Head inside) {
    boolean empty = inside.size() == 0;
    String what = empty ? ", cut off, damaged or empty" : ", with nothing known inside";
    String command = inside.packing().equals("gzip") ? "gunzip" : "DECOMPRESS";
    return found(inside, inside.packing() + what, command);
  }

  private static DetectedFormat found(Head head, String details, String command) {
    return DetectedFormat.of(
        head.path(), ModelFormat.COMPRESSED, details, Map.of("DECOMPRESS", command));
  }
}
