package dev.sluice.cli;

import dev.sluice.model.ModelPackage;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.report.ModelCard;
import dev.sluice.report.ModelCard.Fact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A model package and its baseline → what the report says of them. */
final class ModelFacts {
  private static final Set<String> SHOWN = Set.of("name", "version", "model_sha256", "units");
  private static final int MAX_FACTS = 200;
  private static final int MAX_ITEMS = 50;

  private final List<Fact> facts = new ArrayList<>();

  private ModelFacts() {}

  /**
   * Returns the card.
   *
   * @param directory the model package, or an .onnx file; null for none
   * @param profile the baseline's file; null for the one in the package, if there is one
   * @throws IllegalArgumentException if one of them is none
   * @throws IOException if the baseline cannot be read
   */
  static ModelCard read(Path directory, Path profile) throws IOException {
    ModelPackage model = directory == null ? null : ModelPackage.open(directory);
    if (profile != null) {
      GivenFile.require("--profile", profile, "a data profile");
    }
    Path file = profile == null && model != null ? model.profile().orElse(null) : profile;
    DataProfile baseline = file == null ? null : DataProfileFile.read(file);
    String sha256 = file == null ? "" : DataProfileFile.sha256(file);
    if (model == null) {
      return new ModelCard("", List.of(), baseline, sha256, Map.of());
    }
    ModelFacts made = new ModelFacts();
    model
        .statements()
        .forEach(
            (name, value) -> {
              if (!SHOWN.contains(name)) {
                made.add(0, name, value);
              }
            });
    Map<String, String> units = new HashMap<>();
    if (model.statements().get("units") instanceof Map<?, ?> stated) {
      stated.forEach((name, unit) -> units.put(String.valueOf(name), String.valueOf(unit)));
    }
    return new ModelCard(model.sha256(), made.facts, baseline, sha256, units);
  }

  private void add(int depth, Object name, Object value) {
    if (facts.size() >= MAX_FACTS) {
      return;
    }
    if (value instanceof Map<?, ?> map) {
      facts.add(new Fact(depth, String.valueOf(name), ""));
      map.forEach((key, nested) -> add(depth + 1, key, nested));
    } else if (value instanceof List<?> list) {
      String items =
          list.stream().limit(MAX_ITEMS).map(String::valueOf).collect(Collectors.joining(", "));
      facts.add(
          new Fact(depth, String.valueOf(name), list.size() > MAX_ITEMS ? items + ", ..." : items));
    } else {
      facts.add(new Fact(depth, String.valueOf(name), value == null ? "none" : value.toString()));
    }
  }
}
