package dev.sluice.cli.letters;

import dev.sluice.record.IsoInstant;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.flink.util.TimeUtils;

/** Points in time as a person gives them: {@code 2026-01-31T09:00:00Z}, or {@code 2h} ago. */
public final class Moment {
  private Moment() {}

  /**
   * Reads a point in time.
   *
   * @param option names in a message who asks for it
   * @param now what a length of time is counted back from
   * @throws IllegalArgumentException if the text is none
   */
  public static Instant parse(String option, String text, Instant now) {
    try {
      return IsoInstant.parse(text);
    } catch (DateTimeException notATime) {
      try {
        return now.minus(TimeUtils.parseDuration(text));
      } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
        throw new IllegalArgumentException(
            option
                + " is "
                + text
                + ", expected a time such as 2026-01-31T09:00:00Z or how long ago, such as 30min or"
                + " 2h");
      }
    }
  }
}
