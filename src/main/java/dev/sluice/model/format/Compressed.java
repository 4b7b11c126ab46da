package dev.sluice.model.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/**
 * Looks into gzip and zlib, as joblib, R and download sites write them, and names the compressions
 * that the JDK cannot read.
 */
final class Compressed {
  private static final Map<String, String> OTHERS = new LinkedHashMap<>();

  static {
    OTHERS.put("BZh", "bzip2, as joblib and R write it; bunzip2 -k FILE");
    OTHERS.put("\u00fd7zXZ\0", "xz, as joblib and R write it; unxz -k FILE");
    OTHERS.put("]\0\0", "lzma, as joblib writes it; unlzma -k FILE");
    OTHERS.put("\u0004\"M\u0018", "lz4, as joblib writes it; unlz4 FILE");
    OTHERS.put("(\u00b5/\u00fd", "zstd; unzstd FILE");
  }

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
        .map(other -> found(head, other.getValue()));
  }

  /** Returns a compressed file with nothing known inside. */
  static DetectedFormat unknown(Head inside) {
    return found(
        inside,
        inside.packing()
            + (inside.size() == 0 ? ", cut off or damaged" : ", with nothing known inside"));
  }

  private static DetectedFormat found(Head head, String details) {
    String command = details.replace("FILE", Printable.shown(head.path().toString(), 1000));
    return DetectedFormat.of(head.path(), ModelFormat.COMPRESSED, command);
  }
}
