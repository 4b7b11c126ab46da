package dev.sluice.validate.check;

import com.google.re2j.Pattern;
import dev.sluice.expect.Patterns;
import dev.sluice.record.FeatureRow;

/**
 * Whether regular expressions are found in a text. What was found in a short text is remembered,
 * one text per slot, replaced by the next one that hashes there: a category costs a comparison
 * then, and not a search, which takes time and memory.
 */
final class PatternTest implements ElementTest {
  private static final int SLOTS = 1024;
  private static final int MAX_REMEMBERED_LENGTH = 64;

  private final Pattern[] patterns;
  private final boolean all;
  private final boolean wanted;
  private final String[] texts = new String[SLOTS];
  private final boolean[] answers = new boolean[SLOTS];

  private PatternTest(Patterns stated, boolean all, boolean wanted, PatternPool pool) {
    this.patterns = stated.patterns().stream().map(pool::get).toArray(Pattern[]::new);
    this.all = all;
    this.wanted = wanted;
  }

  /** A text in which one, or all of the expressions are found, as stated. */
  static PatternTest found(Patterns stated, PatternPool pool) {
    return new PatternTest(stated, stated.matchAll(), true, pool);
  }

  /** A text in which none of the expressions is found. */
  static PatternTest notFound(Patterns stated, PatternPool pool) {
    return new PatternTest(stated, false, false, pool);
  }

  @Override
  public boolean meets(FeatureRow row, int element) {
    String text = row.textAt(element);
    if (text.length() > MAX_REMEMBERED_LENGTH) {
      return isFound(text) == wanted;
    }
    int hash = text.hashCode();
    int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
    if (!text.equals(texts[slot])) {
      answers[slot] = isFound(text) == wanted;
      texts[slot] = text;
    }
    return answers[slot];
  }

  private boolean isFound(String text) {
    for (Pattern pattern : patterns) {
      if (pattern.matcher(text).find() != all) {
        return !all;
      }
    }
    return all;
  }
}
