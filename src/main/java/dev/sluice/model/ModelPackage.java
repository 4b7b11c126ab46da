package dev.sluice.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A model as it is handed over: a directory with an {@code MLmodel} file, the {@code .onnx} it
 * names and, if there is one, a {@code data-profile.json}; or an {@code .onnx} file alone, also the
 * only one at the top of a directory without {@code MLmodel}. Read and checked when opened; holds
 * no weights and nothing to close.
 */
public final class ModelPackage {
  /** Name of the data profile in the directory. */
  public static final String PROFILE_NAME = "data-profile.json";

  private final ModelIdentity identity;
  private final Path path;
  private final Path onnxFile;
  private final OnnxGraph graph;
  private final List<String> featureOrder;
  private final Path profile;
  private final MlModelFile mlModel;

  private ModelPackage(
      Path path,
      String name,
      String version,
      Path onnxFile,
      Path profile,
      MlModelFile mlModel,
      List<String> featureOrder) {
    this.path = path.toAbsolutePath().normalize();
    this.onnxFile = onnxFile.toAbsolutePath().normalize();
    this.graph = OnnxGraph.read(this.onnxFile);
    this.featureOrder = featureOrder;
    this.profile = profile;
    this.mlModel = mlModel;
    this.identity =
        new ModelIdentity(name, version, ModelDigest.sha256(this.onnxFile, graph.externalData()));
  }

  /**
   * Opens a package.
   *
   * @param path its directory, or an {@code .onnx} file
   * @throws ModelPackageException if it is incomplete, unsafe or no ONNX model: nothing of it may
   *     lie outside the directory, also not by symbolic links; where its format is known, the
   *     message says how it becomes one
   */
  public static ModelPackage open(Path path) {
    if (Files.isRegularFile(path)) {
      return alone(path, null);
    }
    if (!Files.isDirectory(path)) {
      throw new ModelPackageException(
          "model package "
              + path
              + " does not exist, expected a directory with MLmodel, or an .onnx file");
    }
    PackageDirectory.check(path);
    if (!Files.isRegularFile(path.resolve(MlModelFile.NAME))) {
      return withoutMlModel(path);
    }
    MlModelFile file = MlModelFile.read(path);
    String name = file.name();
    return new ModelPackage(
        path,
        name.isEmpty() ? fileName(path) : name,
        file.version(),
        file.onnxFile(),
        path.resolve(PROFILE_NAME),
        file,
        file.featureOrder());
  }

  /**
   * Returns the files beside an {@code .onnx} file that it needs: relative paths of external data
   * that stay inside its directory, whether or not they are there; none for a directory.
   *
   * @throws ModelPackageException if it is no ONNX model
   */
  public static List<String> namedBeside(Path path) {
    return Files.isRegularFile(path) ? OnnxGraph.externalLocations(path) : List.of();
  }

  private static ModelPackage alone(Path onnxFile, Path profile) {
    String name = fileName(onnxFile).replaceFirst("\\.onnx$", "");
    return new ModelPackage(onnxFile, name, "", onnxFile, profile, null, List.of());
  }

  /** Takes the only model file at the top of a directory as if it had been given itself. */
  private static ModelPackage withoutMlModel(Path directory) {
    List<Path> models;
    try (Stream<Path> files = Files.list(directory)) {
      models =
          files
              .filter(file -> fileName(file).endsWith(".onnx") && Files.isRegularFile(file))
              .sorted()
              .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new ModelPackageException("cannot read model package " + directory + ": " + e, e);
    }
    if (models.size() == 1) {
      return alone(models.get(0), directory.resolve(PROFILE_NAME));
    }
    String names = models.stream().map(ModelPackage::fileName).toList().toString();
    throw models.isEmpty()
        ? ForeignFormat.refuse(
            directory,
            "model package " + directory + " has no file MLmodel, expected MLflow's ONNX flavor",
            null)
        : new ModelPackageException(
            "model package %s has no file MLmodel and the models %s, expected MLmodel or one .onnx file"
                .formatted(directory, names));
  }

  private static String fileName(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? path.toString() : name.toString();
  }

  /** Returns {@code metadata.name}, else the name of the directory or file. */
  public String name() {
    return identity.name();
  }

  /** Returns {@code metadata.version}, or the empty string. */
  public String version() {
    return identity.version();
  }

  /**
   * Returns the SHA-256 of the model file in 64 hexadecimal digits, as {@code sha256sum} prints it;
   * where the model has external data, of the model file followed by those files, sorted by name.
   */
  public String sha256() {
    return identity.sha256();
  }

  /** Returns name, version and SHA-256, to travel with predictions and profiles. */
  public ModelIdentity identity() {
    return identity;
  }

  /**
   * Returns what was opened as an absolute path: the directory, or the {@code .onnx} file where it
   * has no {@code MLmodel}.
   */
  public Path path() {
    return path;
  }

  /** Returns the model's file; it has to be loaded by path, since it may have external data. */
  public Path onnxFile() {
    return onnxFile;
  }

  /** Returns the files beside the model that hold weights, usually none. */
  public List<Path> externalData() {
    return graph.externalData();
  }

  /** Returns what the graph takes and gives; where MLmodel says otherwise, the graph is right. */
  public ModelSignature signature() {
    return graph.signature();
  }

  /** Returns all that the model's file says about itself. */
  public OnnxGraph graph() {
    return graph;
  }

  /** Returns the {@code MLmodel} file; an {@code .onnx} alone has none. */
  public Optional<MlModelFile> mlModel() {
    return Optional.ofNullable(mlModel);
  }

  /** Returns the version of the ONNX format. */
  public long irVersion() {
    return graph.irVersion();
  }

  /** Returns the version of each operator set by domain; the empty string is ai.onnx. */
  public Map<String, Long> opsets() {
    return graph.opsets();
  }

  /**
   * Returns the names of the features in the order of the input; empty where nothing names them.
   */
  public List<String> featureOrder() {
    return featureOrder;
  }

  /** Returns the data profile of the package, if it has one. */
  public Optional<Path> profile() {
    return Optional.ofNullable(profile).filter(Files::isRegularFile);
  }

  /** Returns the author's statements: code, data set, metrics; empty for an {@code .onnx} alone. */
  public Map<String, Object> metadata() {
    return mlModel == null ? Map.of() : mlModel.metadata();
  }

  /** Returns the same for a person: every scalar as it is written, null where it is null. */
  public Map<String, Object> statements() {
    return mlModel == null ? Map.of() : mlModel.statements();
  }
}
