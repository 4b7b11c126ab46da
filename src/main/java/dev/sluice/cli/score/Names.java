package dev.sluice.cli.score;

import java.util.List;

/** Lists of names in messages. */
final class Names {
  private static final int SHOWN = 40;

  private Names() {}

  /** Returns names with commas, the first {@value #SHOWN} where there are more. */
  static String listed(List<String> names) {
    return names.size() <= SHOWN
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, SHOWN)) + ", … (" + names.size() + ")";
  }
}
