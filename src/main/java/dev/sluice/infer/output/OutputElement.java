package dev.sluice.infer.output;

import java.util.Set;

/**
 * One value of an output, as options name it: {@code name}, {@code name[index]} or {@code
 * name[label]}.
 *
 * @param output the output's name
 * @param place what stands in the brackets; empty where there are none
 */
record OutputElement(String output, String place) {
  /** Reads a key; an output whose own name has brackets goes before a value of another. */
  static OutputElement parse(String key, Set<String> outputs) {
    int bracket = key.lastIndexOf('[');
    if (outputs.contains(key) || bracket <= 0 || !key.endsWith("]")) {
      return new OutputElement(key, "");
    }
    return new OutputElement(
        key.substring(0, bracket), key.substring(bracket + 1, key.length() - 1));
  }

  /** Returns the position of the value in a row, 0 where none is given, or -1 for no position. */
  int index() {
    if (place.isEmpty()) {
      return 0;
    }
    try {
      return Integer.parseUnsignedInt(place);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
