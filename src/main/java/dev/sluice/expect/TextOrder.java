package dev.sluice.expect;

/** The order of texts wherever they are compared: by code points, as in Python and in Avro. */
public final class TextOrder {
  private TextOrder() {}

  /** Compares by code points: not as {@link String#compareTo}, by halves of surrogate pairs. */
  public static int compare(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        // A surrogate stands for a code point beyond all that are one char.
        boolean ofPair = Character.isSurrogate(a);
        return ofPair == Character.isSurrogate(b) ? Character.compare(a, b) : ofPair ? 1 : -1;
      }
    }
    return Integer.compare(one.length(), other.length());
  }
}
