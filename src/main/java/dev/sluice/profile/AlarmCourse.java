package dev.sluice.profile;

import java.io.Serializable;

/**
 * Since when something is wrong, and in how many windows it was.
 *
 * @param since start of the first window that was wrong, of those that raised the alarm; for a
 *     silent feed when the last record came, by the clock of the machine; in milliseconds since the
 *     epoch, null where unknown
 * @param wrong in how many of the last windows it was wrong; 0 for a silent feed
 * @param judged how many windows those were: at most the n of k of n, fewer at the start; 0 for a
 *     silent feed
 */
public record AlarmCourse(Long since, int wrong, int judged) implements Serializable {
  /** Nothing is known. */
  public static final AlarmCourse NONE = new AlarmCourse(null, 0, 0);

  /**
   * @throws IllegalArgumentException if more windows were wrong than judged
   */
  public AlarmCourse {
    if (wrong < 0 || judged < wrong) {
      throw new IllegalArgumentException(
          "windows that were wrong are " + wrong + ", expected 0 to those judged, " + judged);
    }
  }
}
