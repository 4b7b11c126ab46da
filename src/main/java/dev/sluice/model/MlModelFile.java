package dev.sluice.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code MLmodel} file of a package that holds MLflow's ONNX flavor. Unknown keys are ignored.
 *
 * @param onnxFile the model, inside the directory of the package
 * @param inputs the signature's inputs; empty where there is no signature
 * @param outputs the signature's outputs; empty where there is no signature
 * @param name {@code metadata.name}, else the empty string
 * @param version {@code metadata.version} as it is written, else the empty string
 * @param metadata free statements of the author: name, version, code, data set, metrics; values are
 *     texts, numbers, booleans, lists and maps
 * @param statements the same for a person: every scalar as it is written, null where it is null
 * @param origin what MLflow noted about where the package comes from, by its keys: {@code run_id},
 *     {@code model_uuid}, ...; only those that are there
 */
public record MlModelFile(
    Path onnxFile,
    List<DeclaredField> inputs,
    List<DeclaredField> outputs,
    String name,
    String version,
    Map<String, Object> metadata,
    Map<String, Object> statements,
    Map<String, String> origin) {
  /** The file's name in a package. */
  public static final String NAME = "MLmodel";

  private static final int MAX_LABEL = 200;
  private static final String FEATURE_ORDER = "feature_order";

  /** Null for most of those who write YAML; a text here, as JSON has no such null. */
  private static final String TILDE = "~";

  private static final List<String> ORIGIN =
      List.of(
          "mlflow_version",
          "model_uuid",
          "model_id",
          "run_id",
          "artifact_path",
          "utc_time_created");

  /**
   * Reads the file of a package.
   *
   * @throws ModelPackageException if there is none, it is no plain YAML, has no ONNX flavor, or
   *     names a model file that is missing or outside the directory
   */
  public static MlModelFile read(Path directory) {
    Path file = directory.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      throw new ModelPackageException(
          "model package "
              + directory
              + " has no file "
              + NAME
              + ", expected MLflow's ONNX flavor");
    }
    Map<String, Object> root = YamlDocument.readMap(file);
    Map<String, Object> flavors = map(file, root, "flavors");
    if (!flavors.containsKey("onnx")) {
      throw ForeignFormat.refuse(
          directory, file + " has flavors " + flavors.keySet() + ", expected onnx", null);
    }
    if (!(map(file, flavors, "onnx").get("data") instanceof String data)) {
      throw new ModelPackageException(
          file + " has no flavors.onnx.data, expected the model's file name");
    }
    Map<String, Object> signature = map(file, root, "signature");
    Map<String, Object> metadata = map(file, root, "metadata");
    Map<String, Object> written = YamlDocument.readTexts(file);
    Map<String, Object> texts = metadata.isEmpty() ? Map.of() : map(file, written, "metadata");
    if (metadata.get(FEATURE_ORDER) != null) {
      names(file.toString(), metadata.get(FEATURE_ORDER));
    }
    return new MlModelFile(
        ContainedFile.resolve(directory, data, file + ": flavors.onnx.data"),
        fields(file, signature, "inputs"),
        fields(file, signature, "outputs"),
        label(file, texts, "name"),
        label(file, texts, "version"),
        metadata,
        WrittenValues.texts(metadata, texts),
        origin(root, written));
  }

  private static Map<String, String> origin(Map<String, Object> root, Map<String, Object> written) {
    Map<String, String> origin = new LinkedHashMap<>();
    for (String key : ORIGIN) {
      if (root.get(key) != null) {
        origin.put(key, written.get(key).toString());
      }
    }
    return Collections.unmodifiableMap(origin);
  }

  /**
   * Returns a statement that goes into every prediction: short, and 1.10 is not 1.1.
   *
   * @param texts the metadata, every scalar as it is written
   */
  private static String label(Path file, Map<String, Object> texts, String key) {
    Object value = texts.get(key);
    if (value == null || value.equals("null") || value.equals(TILDE)) {
      return "";
    }
    if (!(value instanceof String text)
        || text.length() > MAX_LABEL
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new ModelPackageException(
          "%s: metadata.%s is %s, expected one line of at most %d characters"
              .formatted(file, key, YamlDocument.shown(value), MAX_LABEL));
    }
    return text;
  }

  /**
   * Returns the names of the features in the order of the model's input: {@code
   * metadata.feature_order}, else the names in the signature; empty where neither names all.
   *
   * @throws ModelPackageException if {@code feature_order} is no list of distinct names
   */
  public List<String> featureOrder() {
    Object order = metadata.get(FEATURE_ORDER);
    if (order == null) {
      List<String> names = inputs.stream().map(DeclaredField::name).toList();
      return names.contains("") ? List.of() : names;
    }
    return names(NAME, order);
  }

  /**
   * Returns whether the feature order is no more than the name that the signature gives to its only
   * input, a tensor: not a field that the author named.
   */
  public boolean namesTensor() {
    return metadata.get(FEATURE_ORDER) == null
        && inputs.size() == 1
        && !inputs.get(0).shape().isEmpty();
  }

  private static List<String> names(String file, Object order) {
    String got = "%s: metadata.%s is %s".formatted(file, FEATURE_ORDER, YamlDocument.shown(order));
    if (!(order instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
      throw new ModelPackageException(got + ", expected a list of names");
    }
    List<String> names = list.stream().map(String.class::cast).toList();
    if (new HashSet<>(names).size() != names.size()) {
      throw new ModelPackageException(got + ", expected distinct names");
    }
    return names;
  }

  private static List<DeclaredField> fields(Path file, Map<String, Object> signature, String side) {
    return signature.get(side) instanceof String json
        ? DeclaredField.parse(file, "signature." + side, json)
        : List.of();
  }

  /** Returns the map under a key; an empty one where it is absent, null or {@code ~}. */
  private static Map<String, Object> map(Path file, Map<String, Object> parent, String key) {
    Object value = parent.get(key);
    if (value == null || value.equals(TILDE)) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new ModelPackageException(
          file + ": " + key + " is " + YamlDocument.shown(value) + ", expected a map");
    }
    return YamlDocument.asMap(map);
  }
}
