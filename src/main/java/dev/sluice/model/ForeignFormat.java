package dev.sluice.model;

import dev.sluice.model.format.DetectedFormat;
import dev.sluice.model.format.FormatDetector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Says of what is no ONNX model package what it is instead, and what to do about it. */
final class ForeignFormat {
  private ForeignFormat() {}

  /**
   * Returns the exception for a file that has another content than the model needs: with advice
   * where its format is known.
   */
  static ModelPackageException explain(Path path, String problem) {
    try {
      Optional<DetectedFormat> format = FormatDetector.detect(path);
      return new ModelPackageException(
          problem + format.map(found -> "; " + found.advice()).orElse(""));
    } catch (IOException e) {
      return new ModelPackageException(problem + "; " + e.getMessage(), e);
    }
  }

  /**
   * Returns the exception for a file or directory that was found to be no ONNX model package: with
   * advice where its format is known.
   *
   * @param otherwise the message where nothing is known of it
   * @param cause what was met while it was read, or null
   */
  static ModelPackageException refuse(Path path, String otherwise, Throwable cause) {
    try {
      Optional<DetectedFormat> format = FormatDetector.detect(path);
      return new ModelPackageException(format.map(DetectedFormat::advice).orElse(otherwise), cause);
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
