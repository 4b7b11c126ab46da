package dev.sluice.model.format;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a file or directory is that is no ONNX model package.
 *
 * @param path the file or directory that was recognised; it may lie inside the one that was given
 * @param format its format
 * @param details what it tells about itself: classes, signatures, what is missing; printable and
 *     short, or empty
 * @param remedy what to do, one line
 */
public record DetectedFormat(Path path, ModelFormat format, String details, String remedy) {
  public DetectedFormat {
    Objects.requireNonNull(path, "path is null");
    Objects.requireNonNull(format, "format is null");
    Objects.requireNonNull(details, "details is null");
    Objects.requireNonNull(remedy, "remedy is null");
  }

  static DetectedFormat of(Path path, ModelFormat format, String details) {
    return of(path, format, details, Map.of());
  }

  /**
   * Puts what is known of the model into the format's remedy. A value that a shell could take for
   * more than a word is left out: names inside a file are its author's, and the line is there to be
   * copied.
   */
  static DetectedFormat of(
      Path path, ModelFormat format, String details, Map<String, String> values) {
    Map<String, String> words = new HashMap<>();
    words.put("FILE", path.toString());
    words.put("DIR", path.toString());
    words.putAll(values);
    words.values().removeIf(word -> !Printable.isPlainWord(word));
    words.put("EXPORT", MlflowFlavors.export(values.getOrDefault("FLAVOR", "")));
    words.put("DECOMPRESS", Compressed.command(values.getOrDefault("PACKING", "")));
    words.put("UNPACKED", Compressed.unpackedName(path));
    words.put("UNPACK", values.getOrDefault("UNPACK", "").isEmpty() ? "" : "unpack it, then: ");
    return new DetectedFormat(path, format, details, format.remedy(words));
  }

  /** Returns one line: what it is, and what to do to get an ONNX model. */
  public String advice() {
    String what =
        Printable.shown(path.toString(), Integer.MAX_VALUE)
            + " is "
            + format.displayName()
            + (details.isEmpty() ? "" : " (" + details + ")");
    return switch (format.road()) {
      case CONVERT -> what + ", not an ONNX model; convert it where it was trained: " + remedy;
      case REBUILD -> what + ", not an ONNX model; " + remedy;
      case REPAIR -> what + "; " + remedy;
    };
  }
}
