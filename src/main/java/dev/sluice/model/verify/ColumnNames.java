package dev.sluice.model.verify;

import java.util.Collection;
import java.util.List;

/**
 * Matches the names of one thing in several files. Converters rename columns: skl2onnx writes
 * {@code mean_radius} for {@code mean radius}. Its rule (Topology._generate_unique_name): what is
 * no letter or digit becomes an underscore, and a leading digit gets one before it.
 */
public final class ColumnNames {
  private ColumnNames() {}

  /** Returns the name as skl2onnx writes it. */
  static String converted(String name) {
    String replaced = name.replaceAll("[^0-9A-Za-z]", "_");
    return replaced.matches("[0-9].*") ? "_" + replaced : replaced;
  }

  /**
   * Returns what a name can mean: itself where it is offered, else all that are the same once
   * converted; none where nothing is, more than one where it is ambiguous.
   */
  public static List<String> candidates(String name, Collection<String> offered) {
    if (offered.contains(name)) {
      return List.of(name);
    }
    String converted = converted(name);
    return offered.stream().filter(other -> converted(other).equals(converted)).toList();
  }
}
