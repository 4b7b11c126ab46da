package dev.sluice.model.verify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Matches the names of one thing in several files. Converters rename columns: skl2onnx writes
 * {@code mean_radius} for {@code mean radius}. Its rule (Topology._generate_unique_name): what is
 * no letter or digit becomes an underscore, and a leading digit gets one before it.
 */
public final class ColumnNames {
  private static final int SHOWN = 8;
  private static final Pattern REPLACED = Pattern.compile("[^0-9A-Za-z]");

  private final Set<String> offered;
  private final Map<String, List<String>> byConverted = new HashMap<>();

  /**
   * @param offered the names that there are; in this order they are returned
   */
  public ColumnNames(Collection<String> offered) {
    this.offered = new HashSet<>(offered);
    for (String name : new LinkedHashSet<>(offered)) {
      byConverted.computeIfAbsent(converted(name), key -> new ArrayList<>()).add(name);
    }
  }

  /** Returns the name as skl2onnx writes it. */
  static String converted(String name) {
    String replaced = REPLACED.matcher(name).replaceAll("_");
    boolean digitFirst = !replaced.isEmpty() && Character.isDigit(replaced.charAt(0));
    return digitFirst ? "_" + replaced : replaced;
  }

  /** Returns what is said of names that mean others, for a person: of many the first. */
  public static String listed(List<String> renamed) {
    int more = renamed.size() - SHOWN;
    return String.join(", ", renamed.subList(0, Math.min(renamed.size(), SHOWN)))
        + (more > 0 ? " and " + more + " more are renamed so" : "");
  }

  /**
   * Returns what a name can mean: itself where it is offered, else all that are the same once
   * converted; none where nothing is, more than one where it is ambiguous.
   */
  public List<String> candidates(String name) {
    return offered.contains(name)
        ? List.of(name)
        : List.copyOf(byConverted.getOrDefault(converted(name), List.of()));
  }
}
