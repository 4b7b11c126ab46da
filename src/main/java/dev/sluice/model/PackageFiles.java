package dev.sluice.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The inventory of a model package: every file with its size and SHA-256. Reads every byte once,
 * and keeps none.
 *
 * @param files sorted by path
 */
public record PackageFiles(List<PackageFile> files) {
  public PackageFiles {
    files = List.copyOf(files);
  }

  /**
   * Reads all files of a package; of an {@code .onnx} alone, it and its external data.
   *
   * @throws ModelPackageException if one cannot be read or the directory is no longer safe
   */
  public static PackageFiles read(ModelPackage model) {
    try {
      Path root = model.path().toRealPath();
      if (Files.isDirectory(root)) {
        return read(root, PackageDirectory.files(root));
      }
      List<Path> paths = new ArrayList<>(model.externalData());
      paths.add(model.onnxFile().toAbsolutePath().normalize());
      return read(model.onnxFile().toAbsolutePath().normalize().getParent(), paths);
    } catch (IOException e) {
      throw new ModelPackageException("cannot read " + model.path() + ": " + e, e);
    }
  }

  private static PackageFiles read(Path root, List<Path> paths) throws IOException {
    Map<String, PackageFile> files = new TreeMap<>();
    for (Path path : paths) {
      String name = root.relativize(path).toString().replace('\\', '/');
      files.put(name, new PackageFile(name, Files.size(path), ModelDigest.sha256(path, List.of())));
    }
    return new PackageFiles(List.copyOf(files.values()));
  }

  /** Returns the file at a path, with slashes, if it is there. */
  public Optional<PackageFile> file(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst();
  }

  /** Returns the size of all files in bytes. */
  public long bytes() {
    return files.stream().mapToLong(PackageFile::bytes).sum();
  }

  /**
   * Checks a package against the digests that its metadata states: {@code model_sha256}, of the
   * model's file or as {@link ModelPackage#sha256()}, and {@code files}, a map from path to
   * SHA-256.
   *
   * @return one line per difference
   */
  public static List<String> differences(ModelPackage model) {
    List<String> differences = new ArrayList<>();
    Object stated = model.metadata().get("model_sha256");
    if (stated != null) {
      checkModel(model, stated.toString(), differences);
    }
    Object files = model.metadata().get("files");
    if (files instanceof Map<?, ?> map) {
      Map<Path, String> digests = new HashMap<>();
      map.forEach(
          (path, sha256) -> checkFile(model, path.toString(), sha256, digests, differences));
    } else if (files != null) {
      differences.add(
          "metadata.files is "
              + YamlDocument.shown(files)
              + ", expected a map from path to SHA-256");
    }
    return differences;
  }

  private static void checkModel(ModelPackage model, String stated, List<String> differences) {
    String digest = model.sha256();
    if (!same(stated, digest)
        && (model.externalData().isEmpty()
            || !same(stated, ModelDigest.sha256(model.onnxFile(), List.of())))) {
      differences.add(differs(model.onnxFile().getFileName(), digest, "model_sha256", stated));
    }
  }

  private static void checkFile(
      ModelPackage model,
      String path,
      Object stated,
      Map<Path, String> digests,
      List<String> differences) {
    String key = "files." + path;
    try {
      Path file = ContainedFile.resolve(model.path(), path, "metadata." + key);
      // One file can be named in many ways: ./a is a.
      String digest = digests.computeIfAbsent(file, named -> ModelDigest.sha256(named, List.of()));
      if (!same(String.valueOf(stated), digest)) {
        differences.add(differs(path, digest, key, stated));
      }
    } catch (ModelPackageException e) {
      differences.add(e.getMessage());
    }
  }

  private static boolean same(String stated, String digest) {
    return stated.strip().toLowerCase(Locale.ROOT).equals(digest);
  }

  private static String differs(Object file, String digest, String key, Object stated) {
    return "%s has SHA-256 %s, expected %s as metadata.%s states"
        .formatted(file, digest, stated, key);
  }
}
