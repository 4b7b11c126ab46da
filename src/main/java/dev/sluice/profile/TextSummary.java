package dev.sluice.profile;

import java.io.Serializable;

/**
 * The lengths of a column's texts, in Unicode code points.
 *
 * @param minLength the fewest characters of a text, null where there is none
 * @param maxLength the most characters of a text, null where there is none
 * @param totalLength the characters of all texts together
 */
public record TextSummary(Integer minLength, Integer maxLength, long totalLength)
    implements Serializable {
  /** No texts. */
  public static final TextSummary NONE = new TextSummary(null, null, 0);
}
