package dev.sluice.cli.score;

import java.util.List;
import java.util.Set;

/** Names: lists of them in messages, and what Avro allows. */
final class Names {
  private static final int SHOWN = 40;

  private Names() {}

  /** Returns names with commas, the first {@value #SHOWN} where there are more. */
  static String listed(List<String> names) {
    return names.size() <= SHOWN
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, SHOWN)) + ", … (" + names.size() + ")";
  }

  /** Returns a name as Avro allows it: letters, digits and underscores, no digit first. */
  static String legal(String name) {
    String letters = name.replaceAll("[^A-Za-z0-9_]", "_");
    return letters.isEmpty() || Character.isDigit(letters.charAt(0)) ? "_" + letters : letters;
  }

  /**
   * Returns a name as Avro allows it, which no other has.
   *
   * @param taken those there are; the name is added
   */
  static String legal(String name, Set<String> taken) {
    String legal = legal(name);
    String distinct = legal;
    for (int i = 2; !taken.add(distinct); i++) {
      distinct = legal + "_" + i;
    }
    return distinct;
  }
}
