package dev.sluice.cli.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What an author states about a model, a row per value; nested keys are indented. */
final class MetadataRows {
  /** What is shown elsewhere. */
  private static final Set<String> SHOWN = Set.of("name", "version", "model_sha256");

  private static final int MAX_LIST = 100;

  private final List<List<String>> rows = new ArrayList<>();

  private MetadataRows() {}

  static List<List<String>> of(Map<String, Object> metadata) {
    MetadataRows made = new MetadataRows();
    metadata.forEach(
        (key, value) -> {
          if (!SHOWN.contains(key)) {
            made.add("", key, value);
          }
        });
    return made.rows;
  }

  private void add(String indent, Object key, Object value) {
    if (value instanceof Map<?, ?> map) {
      rows.add(List.of(indent + key, ""));
      map.forEach((name, nested) -> add(indent + "  ", name, nested));
    } else if (value instanceof List<?> list) {
      String first =
          list.stream().limit(MAX_LIST).map(String::valueOf).collect(Collectors.joining(", "));
      rows.add(List.of(indent + key, list.size() > MAX_LIST ? first + ", ..." : first));
    } else {
      rows.add(List.of(indent + key, value == null ? "none" : value.toString()));
    }
  }
}
