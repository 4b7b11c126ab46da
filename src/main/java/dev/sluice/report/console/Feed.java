package dev.sluice.report.console;

import dev.sluice.report.console.FeedStatus.State;
import java.time.Clock;

/** How reading one topic goes, told by who reads it. Thread-safe. */
public final class Feed {
  private static final int MAX_TEXT = 300;

  private final String topic;
  private final Clock clock;
  private final Changes changes;
  private State state = State.CONNECTING;
  private long since;
  private String problem = "";
  private boolean caughtUp;
  private long records;
  private long tombstones;
  private long unreadable;
  private String lastUnreadable = "";
  private long lastMessage;

  Feed(String topic, Clock clock, Changes changes) {
    this.topic = topic;
    this.clock = clock;
    this.changes = changes;
    this.since = clock.millis();
  }

  /** The brokers answered. */
  public synchronized void live() {
    change(State.LIVE, "");
  }

  /** No broker answered. */
  public synchronized void unreachable(String why) {
    change(State.UNREACHABLE, why);
  }

  /** The brokers answered with a refusal. */
  public synchronized void refused(String why) {
    change(State.REFUSED, why);
  }

  /** Nobody reads the topic any more. */
  public synchronized void failed(String why) {
    change(State.FAILED, why);
  }

  private void change(State next, String why) {
    if (state != next || !problem.equals(cut(why))) {
      since = state == next ? since : clock.millis();
      state = next;
      problem = cut(why);
      changes.happened(Changes.Subject.STATUS);
    }
  }

  /** Says whether all has been read that there is. */
  public synchronized void caughtUp(boolean all) {
    if (caughtUp != all) {
      caughtUp = all;
      changes.happened(Changes.Subject.STATUS);
    }
  }

  /**
   * A message was read.
   *
   * @param timestamp its own, milliseconds since 1970-01-01T00:00:00Z; negative for none
   */
  public synchronized void read(long timestamp) {
    records++;
    lastMessage = Math.max(lastMessage, timestamp);
  }

  /** The message that was read has no value. */
  public synchronized void tombstone() {
    tombstones++;
  }

  /** The message that was read is not what the topic should have. */
  public synchronized void unreadable(String why) {
    unreadable++;
    lastUnreadable = cut(why);
    changes.happened(Changes.Subject.STATUS);
  }

  /** Returns how it goes now. */
  public synchronized FeedStatus status() {
    return new FeedStatus(
        topic,
        state,
        since,
        problem,
        caughtUp,
        records,
        tombstones,
        unreadable,
        lastUnreadable,
        lastMessage);
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
  }
}
