package dev.sluice.profile.build;

import dev.sluice.profile.statistics.ValueCounts;
import java.nio.charset.StandardCharsets;

/** How values are named in a profile. */
final class Texts {
  private Texts() {}

  /** Returns a text as {@link ValueCounts} counts it: not too long, and one that UTF-8 can hold. */
  static String counted(String value) {
    String text = value;
    if (value.length() > ValueCounts.MAX_LENGTH) {
      boolean splitsPair = Character.isHighSurrogate(value.charAt(ValueCounts.MAX_LENGTH - 1));
      text = value.substring(0, ValueCounts.MAX_LENGTH - (splitsPair ? 1 : 0));
    }
    return text.chars().noneMatch(c -> Character.isSurrogate((char) c))
        ? text
        : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
