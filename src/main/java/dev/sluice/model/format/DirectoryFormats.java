package dev.sluice.model.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Recognises the formats that are directories, by the files inside and by those files' bytes. No
 * link is followed: a directory of unknown origin cannot show files from elsewhere.
 */
final class DirectoryFormats {
  private static final int MAX_CHILDREN = 1000;
  private static final int MAX_LOOKED_INTO = 32;
  private static final Pattern SPARK_CLASS =
      Pattern.compile("\"class\"\\s*:\\s*\"(org\\.apache\\.spark\\.ml\\.[\\w.$]{1,150})\"");

  private final Path directory;
  private final List<Path> children;

  private DirectoryFormats(Path directory) throws IOException {
    this.directory = directory;
    try (Stream<Path> listed = Files.list(directory)) {
      children = listed.limit(MAX_CHILDREN).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Returns what the directory is; nothing where it is an MLflow model of the ONNX flavor. */
  static Optional<DetectedFormat> detect(Path directory) throws IOException {
    return new DirectoryFormats(directory).detect();
  }

  private Optional<DetectedFormat> detect() throws IOException {
    Optional<Head> mlmodel = file("MLmodel");
    if (mlmodel.isPresent()) {
      List<String> flavors = MlflowFlavors.read(mlmodel.get().text());
      return flavors.contains("onnx")
          ? Optional.empty()
          : Optional.of(Archives.mlflow(directory, flavors, directory.toString(), ""));
    }
    Optional<DetectedFormat> known = byMarker();
    if (known.isPresent()) {
      return known;
    }
    Optional<DetectedFormat> inside = insideFiles();
    if (inside.isEmpty()) {
      inside = insideDirectories();
    }
    return inside.isPresent() ? inside : Optional.of(unknown());
  }

  private Optional<DetectedFormat> byMarker() throws IOException {
    Optional<Head> savedModel = file("saved_model.pb");
    if (savedModel.isPresent()) {
      Optional<DetectedFormat> found = ProtobufFormats.detect(savedModel.get());
      if (found.filter(f -> f.format() == ModelFormat.SAVED_MODEL).isPresent()) {
        return found;
      }
    }
    if (file("Manifest.json").filter(h -> h.text().contains("itemInfoEntries")).isPresent()) {
      return found(ModelFormat.CORE_ML_PACKAGE, "");
    }
    if (file("bundle.json").filter(h -> h.text().contains("\"uid\"")).isPresent()) {
      return found(ModelFormat.MLEAP, "");
    }
    return spark();
  }

  private Optional<DetectedFormat> spark() throws IOException {
    Path metadata = directory.resolve("metadata");
    if (!isDirectory(metadata)) {
      return Optional.empty();
    }
    for (Path part : new DirectoryFormats(metadata).children) {
      if (fileName(part).startsWith("part-") && isFile(part)) {
        Matcher type = SPARK_CLASS.matcher(Head.read(part).text());
        if (type.find()) {
          return found(ModelFormat.SPARK_ML, type.group(1));
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the first model among the files: one of ONNX before all others. */
  private Optional<DetectedFormat> insideFiles() throws IOException {
    Optional<DetectedFormat> first = Optional.empty();
    for (Path file :
        children.stream().filter(DirectoryFormats::isFile).limit(MAX_LOOKED_INTO).toList()) {
      Head head = Head.read(file);
      Optional<DetectedFormat> found = FormatDetector.detect(head);
      if (found.isEmpty() && ProtobufFormats.isOnnx(head)) {
        return found(ModelFormat.ONNX_WITHOUT_MLMODEL, Printable.name(fileName(file)));
      }
      if (first.isEmpty() && found.filter(DirectoryFormats::isModel).isPresent()) {
        first = found;
      }
    }
    return first;
  }

  /** A model server's directory has one directory per version. */
  private Optional<DetectedFormat> insideDirectories() throws IOException {
    for (Path child : children.stream().limit(MAX_LOOKED_INTO).toList()) {
      if (isDirectory(child)) {
        Optional<DetectedFormat> found = new DirectoryFormats(child).byMarker();
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isModel(DetectedFormat found) {
    return found.format().road() != ModelFormat.Road.REPAIR
        || found.format() == ModelFormat.TRUNCATED_ONNX
        || found.format() == ModelFormat.COMPRESSED_ONNX
        || found.format() == ModelFormat.PACKED_ONNX
        || found.format() == ModelFormat.GIT_LFS_POINTER;
  }

  private DetectedFormat unknown() {
    List<String> names = children.stream().map(DirectoryFormats::fileName).toList();
    String held = names.isEmpty() ? "it is empty" : "it holds " + Printable.list(names);
    return DetectedFormat.of(directory, ModelFormat.DIRECTORY, held);
  }

  private Optional<Head> file(String name) throws IOException {
    Path file = directory.resolve(name);
    return isFile(file) ? Optional.of(Head.read(file)) : Optional.empty();
  }

  private Optional<DetectedFormat> found(ModelFormat format, String details) {
    return Optional.of(DetectedFormat.of(directory, format, details));
  }

  private static boolean isFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && Files.isReadable(path);
  }

  private static boolean isDirectory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && Files.isReadable(path);
  }

  private static String fileName(Path path) {
    return String.valueOf(path.getFileName());
  }
}
