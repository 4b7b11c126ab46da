package dev.sluice.monitor.alarm;

import dev.sluice.config.AlarmWindows;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmCourse;
import java.util.ArrayList;
import java.util.List;

/**
 * What the last windows said about one condition: k of n of them raise its alarm. Windows that
 * could not judge it are left out, so the last n are the last that could. Immutable.
 *
 * @param judged how many of the last windows are remembered, 0 to n
 * @param wrong one bit for each of them, the last window's being the lowest; set where it was wrong
 * @param starts starts of the windows that were wrong, oldest first, in milliseconds since the
 *     epoch
 * @param raised the alarm as it was raised, null while none is open
 */
record AlarmHistory(int judged, long wrong, List<Long> starts, Alarm raised) {
  /** No window has been judged. */
  static final AlarmHistory NONE = new AlarmHistory(0, 0, List.of(), null);

  /**
   * @throws IllegalArgumentException if there are not as many starts as windows that were wrong
   */
  AlarmHistory {
    starts = List.copyOf(starts);
    if (starts.size() != Long.bitCount(wrong)) {
      throw new IllegalArgumentException(
          "starts of windows are " + starts.size() + ", expected " + Long.bitCount(wrong));
    }
  }

  /** Returns this history with one more window; older ones than the last n are forgotten. */
  AlarmHistory with(boolean isWrong, long windowStart, AlarmWindows windows) {
    long mask = (1L << windows.last()) - 1; // n is 30 at most
    long bits = ((wrong << 1) | (isWrong ? 1 : 0)) & mask;
    List<Long> all = new ArrayList<>(starts);
    if (isWrong) {
      all.add(windowStart);
    }
    return new AlarmHistory(
        Math.min(judged + 1, windows.last()),
        bits,
        all.subList(all.size() - Long.bitCount(bits), all.size()),
        raised);
  }

  /** Returns whether the alarm is to be raised now. */
  boolean isRaising(AlarmWindows windows) {
    return raised == null && isLastWrong() && Long.bitCount(wrong) >= windows.needed();
  }

  /** Returns whether the alarm is to be cleared now. */
  boolean isClearing(AlarmWindows windows) {
    return raised != null && !isLastWrong() && Long.bitCount(wrong) < windows.needed();
  }

  private boolean isLastWrong() {
    return (wrong & 1) != 0;
  }

  /** Returns whether nothing is lost where this is forgotten. */
  boolean isIdle() {
    return raised == null && wrong == 0;
  }

  /** Returns this history with an open alarm, or null for none. */
  AlarmHistory withRaised(Alarm alarm) {
    return new AlarmHistory(judged, wrong, starts, alarm);
  }

  /** Returns since when it is so, or was so if an alarm is open, and in how many windows. */
  AlarmCourse course() {
    Long first = starts.isEmpty() ? null : starts.get(0);
    return new AlarmCourse(
        raised == null ? first : raised.course().since(), Long.bitCount(wrong), judged);
  }
}
