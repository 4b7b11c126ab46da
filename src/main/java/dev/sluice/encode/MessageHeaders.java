package dev.sluice.encode;

import dev.sluice.record.Header;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Which headers of a feature record the messages about it carry: all, but neither the one that says
 * with which schema its value was written, nor what only this job says. Names that begin with
 * {@value #PREFIX} are its own; of those that come in, only what redriving has set goes on.
 */
final class MessageHeaders {
  /** What begins so is said by this project alone. */
  static final String PREFIX = "sluice-";

  /** Where a dead letter's record left the job: MALFORMED, REJECTED or FAILED. */
  static final String KIND = "sluice-dead-letter-kind";

  /** The reason code of a dead letter. */
  static final String REASON = "sluice-dead-letter-reason";

  /** Coordinates of the record that a tombstone was: {@code topic-partition@offset}. */
  static final String SOURCE = "sluice-source";

  /** Stands on messages that would have been larger than allowed and were cut. */
  static final Header TRUNCATED = text("sluice-truncated", "true");

  /** What redriving a dead letter puts on a feature record. */
  private static final Set<String> REDRIVEN = Set.of("sluice-redriven", "sluice-redriven-count");

  /** What says by which schema a feature record's value was written: the message has another. */
  private static final String VALUE_SCHEMA = "__value_schema_id";

  /** What says by which schema the key was written, which the message has as it came. */
  private static final String KEY_SCHEMA = "__key_schema_id";

  /** What is kept first where there is no room for all: that, and W3C trace context. */
  private static final Set<String> FIRST = Set.of(KEY_SCHEMA, "traceparent", "tracestate");

  private MessageHeaders() {}

  static Header text(String name, String value) {
    return new Header(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the headers that go on, in order: the array itself where that is all of them. */
  static Header[] copied(Header... source) {
    int count = 0;
    for (Header header : source) {
      count += goesOn(header.name()) ? 1 : 0;
    }
    if (count == source.length) {
      return source;
    }
    Header[] copied = new Header[count];
    int next = 0;
    for (Header header : source) {
      if (goesOn(header.name())) {
        copied[next++] = header;
      }
    }
    return copied;
  }

  private static boolean goesOn(String name) {
    return name.startsWith(PREFIX) ? REDRIVEN.contains(name) : !name.equals(VALUE_SCHEMA);
  }

  /** Returns headers with others behind them. */
  static Header[] with(Header[] headers, Header... more) {
    Header[] all = Arrays.copyOf(headers, headers.length + more.length);
    System.arraycopy(more, 0, all, headers.length, more.length);
    return all;
  }

  /**
   * Returns the headers that fit, in order: those of the key, of tracing and of this project first,
   * then each of the others that there is still room for. The array itself where that is all of
   * them.
   *
   * @param room bytes that the headers may take
   * @param overhead bytes that a header takes besides its name and value
   */
  static Header[] within(long room, int overhead, Header... headers) {
    boolean[] kept = new boolean[headers.length];
    int count = 0;
    long left = room;
    for (boolean first : new boolean[] {true, false}) {
      for (int i = 0; i < headers.length; i++) {
        long size = MessageSize.of(headers[i]) + overhead;
        if (isFirst(headers[i].name()) == first && size <= left) {
          kept[i] = true;
          left -= size;
          count++;
        }
      }
    }
    if (count == headers.length) {
      return headers;
    }
    Header[] within = new Header[count];
    int next = 0;
    for (int i = 0; i < headers.length; i++) {
      if (kept[i]) {
        within[next++] = headers[i];
      }
    }
    return within;
  }

  private static boolean isFirst(String name) {
    return FIRST.contains(name) || name.startsWith(PREFIX);
  }
}
