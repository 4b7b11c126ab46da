package dev.sluice.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads which fields fill which input of the model, as the command line gives it. */
final class InputFields {
  private InputFields() {}

  /**
   * Returns fields by model input.
   *
   * @param option names in a message where they come from
   * @param given comma separated fields by model input
   * @throws IllegalArgumentException if an input gets none
   */
  static Map<String, List<String>> parse(String option, Map<String, String> given) {
    Map<String, List<String>> fields = new TreeMap<>();
    given.forEach(
        (name, paths) -> {
          List<String> listed =
              Arrays.stream(paths.split(","))
                  .map(String::strip)
                  .filter(path -> !path.isEmpty())
                  .toList();
          if (listed.isEmpty()) {
            throw new IllegalArgumentException(
                "%s %s names no field, expected %s NAME=FIELD,FIELD"
                    .formatted(option, name, option));
          }
          fields.put(name, listed);
        });
    return fields;
  }
}
