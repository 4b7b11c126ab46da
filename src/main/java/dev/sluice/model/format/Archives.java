package dev.sluice.model.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What zips and tars have in common: their files say what they are. */
final class Archives {
  /** The packing of a file that is looked at inside an archive. */
  static final String IN_ARCHIVE = "archive";

  private Archives() {}

  /** Returns the first path whose last part is the name. */
  static Optional<String> find(List<String> paths, String name) {
    return paths.stream()
        .filter(path -> path.equals(name) || path.endsWith("/" + name))
        .findFirst();
  }

  /** Returns what an archive with an MLmodel file is. */
  static DetectedFormat mlflow(Path archive, String path, byte[] mlmodel) {
    List<String> flavors = MlflowFlavors.read(new Head(archive, mlmodel, 0, "zip").text());
    return flavors.contains("onnx")
        ? DetectedFormat.of(archive, ModelFormat.PACKED_ONNX, "it has an MLmodel")
        : mlflow(archive, flavors, unpackedDirectory(archive, path), "yes");
  }

  /** Returns what a directory with an MLmodel file without ONNX is. */
  static DetectedFormat mlflow(Path path, List<String> flavors, String directory, String unpack) {
    String best = MlflowFlavors.best(flavors);
    String known = MlflowFlavors.isConvertible(best) ? "" : "; no converter is known";
    return DetectedFormat.of(
        path,
        ModelFormat.MLFLOW,
        "flavors: " + (flavors.isEmpty() ? "none" : Printable.list(flavors)) + known,
        Map.of("FLAVOR", best, "DIR", directory, "UNPACK", unpack));
  }

  /** Returns a file's name, with its format where it is a model. */
  static String described(Path archive, String name, byte[] beginning, long size)
      throws IOException {
    long whole = Math.max(size, beginning.length);
    return FormatDetector.detect(new Head(archive, beginning, whole, IN_ARCHIVE))
        .map(DetectedFormat::format)
        .filter(format -> format.road() != ModelFormat.Road.REPAIR)
        .map(format -> Printable.name(name) + " (" + format.displayName() + ")")
        .orElse(name);
  }

  /**
   * Returns an archive of which nothing is known but its list of files.
   *
   * @param limit how much of it was looked at, where that is not all; or empty
   */
  static DetectedFormat unknown(Path archive, List<String> paths, String limit) {
    String held = paths.isEmpty() ? "it is empty" : "it holds " + Printable.list(paths);
    return DetectedFormat.of(
        archive, ModelFormat.ARCHIVE, limit.isEmpty() ? held : held + "; " + limit);
  }

  /**
   * Returns the directory of a file after unpacking: its own in the archive, else one that is named
   * after the archive.
   */
  static String unpackedDirectory(Path archive, String file) {
    int slash = file.lastIndexOf('/');
    String directory = slash < 0 ? "" : file.substring(0, slash);
    return directory.isEmpty() || directory.equals(".") || directory.contains("..")
        ? archive.toString().replaceFirst("(?i)\\.(zip|tgz|tar(\\.\\w+)?)$", "")
        : directory;
  }
}
