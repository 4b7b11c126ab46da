package dev.sluice.monitor;

/**
 * A window that still takes rows, and how far it has been published.
 *
 * @param start inclusive, milliseconds since the epoch
 * @param end exclusive, milliseconds since the epoch
 * @param revisions how often it was published
 * @param updateDue processing time in milliseconds at which it is to be published again; {@link
 *     #NOT_DUE} where it has not changed since
 */
record OpenWindow(long start, long end, int revisions, long updateDue) {
  /** Nothing has changed since the window was published, or it never was. */
  static final long NOT_DUE = Long.MAX_VALUE;

  /** The window of a partial, never published. */
  static OpenWindow of(WindowPartial partial) {
    return new OpenWindow(partial.windowStart(), partial.windowEnd(), 0, NOT_DUE);
  }

  boolean isPublished() {
    return revisions > 0;
  }

  boolean isUpdateDue(long processingTime) {
    return updateDue != NOT_DUE && updateDue <= processingTime;
  }

  /** Returns this window, published once more. */
  OpenWindow published() {
    return new OpenWindow(start, end, revisions + 1, NOT_DUE);
  }

  /** Returns this window, to be published again at a processing time. */
  OpenWindow dueAt(long processingTime) {
    return new OpenWindow(start, end, revisions, processingTime);
  }
}
