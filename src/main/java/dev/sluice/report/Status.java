package dev.sluice.report;

import dev.sluice.profile.ColumnDrift;

/** What can be said of a column in a window, worst first. */
enum Status {
  /** It has drifted from its reference. */
  DRIFT,
  /** No verdict of drift, but it has a sign: vanished, a flat line, more missing, new values. */
  SIGN,
  /** There are too few values, the window is too short, or there are too many different texts. */
  INSUFFICIENT_DATA,
  /** Nothing has been judged: no baseline, or the window is still open. */
  NOT_JUDGED,
  /** It has not drifted. */
  OK,
  /** The last window of its kind and segment has nothing of its feature or output. */
  GONE;

  static final Status[] ALL = values();

  /**
   * Returns the status that a comparison gives.
   *
   * @param drift null where there is none
   */
  static Status of(ColumnDrift drift) {
    if (drift == null) {
      return NOT_JUDGED;
    }
    boolean signs = !drift.signs().isEmpty();
    return switch (drift.verdict()) {
      case DRIFT -> DRIFT;
      case INSUFFICIENT_DATA -> signs ? SIGN : INSUFFICIENT_DATA;
      case OK -> signs ? SIGN : OK;
    };
  }

  boolean isJudged() {
    return this != NOT_JUDGED;
  }
}
