package dev.sluice.model;

import dev.sluice.model.format.DetectedFormat;
import dev.sluice.model.format.FormatDetector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Says of what is no ONNX model package what it is instead, and what to do about it. */
final class ForeignFormat {
  private ForeignFormat() {}

  /**
   * Returns the exception for a file that has another content than the model needs: with advice
   * where its format is known.
   */
  static ModelPackageException explain(Path path, String problem) {
    return exception(path, problem, advice -> problem + "; " + advice, null);
  }

  /**
   * Returns the exception for a file or directory that was found to be no ONNX model package: with
   * advice where its format is known.
   *
   * @param otherwise the message where nothing is known of it
   * @param cause what was met while it was read, or null
   */
  static ModelPackageException refuse(Path path, String otherwise, Throwable cause) {
    return exception(path, otherwise, advice -> advice, cause);
  }

  private static ModelPackageException exception(
      Path path, String otherwise, UnaryOperator<String> known, Throwable cause) {
    try {
      Optional<DetectedFormat> format = FormatDetector.detect(path);
      return new ModelPackageException(
          format.map(DetectedFormat::advice).map(known).orElse(otherwise), cause);
    } catch (IOException e) {
      ModelPackageException refused =
          new ModelPackageException(otherwise + "; " + e.getMessage(), e);
      if (cause != null) {
        refused.addSuppressed(cause);
      }
      return refused;
    }
  }
}
