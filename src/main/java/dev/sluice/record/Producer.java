package dev.sluice.record;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Who sent a record, as one of its headers says. */
public final class Producer {
  /** Stands for a record without the header. */
  public static final String UNKNOWN = "unknown";

  /** Stands for those beyond the first {@value #MAX_PRODUCERS}. */
  public static final String OTHER = "other";

  /** So many producers are told apart: a header may hold anything, and each costs memory. */
  public static final int MAX_PRODUCERS = 100;

  /** The longest name of a producer in characters; longer ones are cut. */
  public static final int MAX_LENGTH = 100;

  private Producer() {}

  /**
   * Returns the value of the last header of a name, as a text: at most {@value #MAX_LENGTH}
   * characters, none of them a control character. {@link #UNKNOWN} where there is no such header or
   * it is empty.
   */
  public static String producerOf(EncodedRecord record, String header) {
    Header[] headers = record.headers();
    for (int i = headers.length - 1; i >= 0; i--) {
      byte[] value = headers[i].value();
      if (headers[i].name().equals(header)) {
        return value == null ? UNKNOWN : text(value);
      }
    }
    return UNKNOWN;
  }

  /**
   * Returns the producer itself where it is one of those known or there is room for one more, else
   * {@link #OTHER}.
   *
   * @param known the producers met so far, {@link #UNKNOWN} and {@link #OTHER} not counted
   */
  public static String bounded(String producer, Set<String> known) {
    boolean room = known.size() < MAX_PRODUCERS || known.contains(producer);
    return room || producer.equals(UNKNOWN) ? producer : OTHER;
  }

  private static String text(byte[] value) {
    // No character has more than four bytes.
    int length = Math.min(value.length, 4 * MAX_LENGTH);
    String text = new String(value, 0, length, StandardCharsets.UTF_8).strip();
    StringBuilder name = new StringBuilder();
    text.codePoints()
        .limit(MAX_LENGTH)
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .forEach(name::appendCodePoint);
    return name.isEmpty() ? UNKNOWN : name.toString();
  }
}
