package dev.sluice.report.console;

/**
 * How reading a topic goes.
 *
 * @param topic its name
 * @param state whether it can be read
 * @param since when that state began, milliseconds since 1970-01-01T00:00:00Z
 * @param problem why it cannot be read, for a person; empty where it can
 * @param caughtUp whether all has been read that the topic had when it was last asked
 * @param records messages read, tombstones and unreadable ones among them
 * @param tombstones messages without a value
 * @param unreadable messages that are not what the topic should have
 * @param lastUnreadable where the last one of these lies and why, for a person; empty for none
 * @param lastMessage the greatest timestamp of the messages read, milliseconds; 0 for none
 */
public record FeedStatus(
    String topic,
    State state,
    long since,
    String problem,
    boolean caughtUp,
    long records,
    long tombstones,
    long unreadable,
    String lastUnreadable,
    long lastMessage) {
  /** Whether a topic can be read. */
  public enum State {
    /** No broker has answered yet. */
    CONNECTING,
    /** The brokers answer. */
    LIVE,
    /** No broker answers; they are asked again and again. */
    UNREACHABLE,
    /** The brokers answer that the topic is not there, or may not be read; asked again. */
    REFUSED,
    /** Who read it has failed, and reads no more until the console is started again. */
    FAILED
  }
}
