package dev.sluice.model.verify;

import dev.sluice.model.ModelPackage;
import dev.sluice.model.ModelPackageException;
import dev.sluice.model.YamlDocument;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Python packages that a model package declares in {@code requirements.txt}, {@code conda.yaml}
 * and {@code python_env.yaml}. They are read for a person and for a few comparisons, so leniently:
 * what is not understood is left out, a file that cannot be read is a warning.
 */
public final class DeclaredDependencies {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPENDENCIES = 1_000;

  private final List<Dependency> dependencies = new ArrayList<>();
  private final Findings findings;

  private DeclaredDependencies(Findings findings) {
    this.findings = findings;
  }

  /**
   * Reads the files that there are; the same requirement is named once, by the first file that has
   * it.
   *
   * @param findings takes a warning per file that cannot be read
   */
  public static List<Dependency> read(ModelPackage model, Findings findings) {
    DeclaredDependencies declared = new DeclaredDependencies(findings);
    if (Files.isDirectory(model.path())) {
      declared.requirements(model.path().resolve("requirements.txt"));
      declared.yaml(model.path().resolve("conda.yaml"));
      declared.yaml(model.path().resolve("python_env.yaml"));
    }
    return List.copyOf(declared.dependencies);
  }

  private void requirements(Path file) {
    if (!Files.isRegularFile(file)) {
      return;
    }
    // Not readAllLines: a file of the wrong encoding is to be read, too, as far as it goes.
    try {
      if (Files.size(file) > MAX_BYTES) {
        findings.warning(file + " has more than " + MAX_BYTES + " bytes and is not read");
        return;
      }
      try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
        lines.lines().forEach(line -> add(line, file));
      }
    } catch (IOException e) {
      findings.warning("cannot read " + file + ": " + e);
    }
  }

  private void yaml(Path file) {
    if (!Files.isRegularFile(file)) {
      return;
    }
    try {
      Map<String, Object> root = YamlDocument.readMap(file);
      list(root.get("build_dependencies"), file);
      list(root.get("dependencies"), file);
    } catch (ModelPackageException e) {
      findings.warning(e.getMessage());
    }
  }

  private void list(Object value, Path file) {
    if (!(value instanceof List<?> list)) {
      return;
    }
    for (Object element : list) {
      if (element instanceof Map<?, ?> map) {
        list(map.get("pip"), file);
      } else if (element instanceof String requirement) {
        add(requirement, file);
      }
    }
  }

  private void add(String line, Path file) {
    Optional<Dependency> read = Dependency.parse(line, String.valueOf(file.getFileName()));
    if (read.isPresent()
        && dependencies.size() < MAX_DEPENDENCIES
        && dependencies.stream().noneMatch(known -> same(known, read.get()))) {
      dependencies.add(read.get());
    }
  }

  private static boolean same(Dependency a, Dependency b) {
    return a.name().equals(b.name()) && a.versions().equals(b.versions());
  }
}
