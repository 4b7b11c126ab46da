package dev.sluice.model.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Says what a file or directory is that is no ONNX model package, by its bytes. Nothing is loaded
 * or run. At most 256 KB of a file are read (of the graph of a SavedModel or GraphDef the names,
 * wherever they are); of an archive or compressed file at most 64 MB are read and 4 GB unpacked to
 * be passed over, which takes a while. No file outside the directory is looked at.
 */
public final class FormatDetector {
  private FormatDetector() {}

  /**
   * Recognises a file or directory.
   *
   * @param path an existing file or directory
   * @return what it is; empty for an ONNX model, an MLflow directory of the ONNX flavor, bytes of
   *     no known format, and where nothing is at the path
   * @throws IOException if it cannot be read; the message names the path
   */
  public static Optional<DetectedFormat> detect(Path path) throws IOException {
    try {
      if (Files.isDirectory(path)) {
        return DirectoryFormats.detect(path);
      }
      return Files.isRegularFile(path) ? detect(Head.read(path)) : Optional.empty();
    } catch (IOException e) {
      throw new IOException("cannot read " + path + " to see what it is: " + e, e);
    }
  }

  static Optional<DetectedFormat> detect(Head head) throws IOException {
    Optional<DetectedFormat> found = bySignature(head);
    if (found.isPresent()) {
      return found;
    }
    Optional<Head> inside = Compressed.unpack(head);
    if (inside.isPresent()) {
      Optional<DetectedFormat> content =
          inside.get().size() == 0 ? Optional.empty() : bySignature(inside.get());
      if (content.isEmpty()) {
        content = byStructure(inside.get());
      }
      return Optional.of(content.orElse(Compressed.unknown(inside.get())));
    }
    return byStructure(head);
  }

  private static Optional<DetectedFormat> bySignature(Head head) throws IOException {
    Optional<DetectedFormat> found = Magic.detect(head);
    if (found.isEmpty()) {
      found = ZipFormats.detect(head);
    }
    if (found.isEmpty()) {
      found = TarFormats.detect(head);
    }
    return found.isPresent() ? found : Compressed.detect(head);
  }

  /** Formats without a signature: the stricter grammar first. */
  private static Optional<DetectedFormat> byStructure(Head head) throws IOException {
    Optional<DetectedFormat> found = PickleFormats.detect(head);
    if (found.isEmpty()) {
      found = ProtobufFormats.detect(head);
    }
    return found.isPresent() || ProtobufFormats.isOnnx(head) ? found : TextFormats.detect(head);
  }
}
