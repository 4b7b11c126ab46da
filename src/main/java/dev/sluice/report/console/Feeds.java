package dev.sluice.report.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** How reading goes, topic by topic. Thread-safe. */
public final class Feeds {
  private static final JsonFactory JSON = new JsonFactory();

  private final Clock clock;
  private final Changes changes;
  private final long started;
  private final Map<String, Feed> feeds = new LinkedHashMap<>();

  public Feeds(Clock clock, Changes changes) {
    this.clock = clock;
    this.changes = changes;
    this.started = clock.millis();
  }

  /**
   * Returns the feed of a topic that is about to be read.
   *
   * @param name what the page calls it, such as input-profiles
   */
  public synchronized Feed add(String name, String topic) {
    Feed feed = new Feed(topic, clock, changes);
    feeds.put(name, feed);
    return feed;
  }

  /** Returns whether no broker answers who reads a topic; false for one that nobody reads. */
  public boolean isUnreachable(String name) {
    Feed feed;
    synchronized (this) {
      feed = feeds.get(name);
    }
    return feed != null && feed.status().state() == FeedStatus.State.UNREACHABLE;
  }

  /**
   * Writes {@code {now, started, feeds: [{name, topic, state, since, problem, caughtUp, records,
   * tombstones, unreadable, lastUnreadable, lastMessage}]}}, times in milliseconds since
   * 1970-01-01T00:00:00Z.
   */
  void write(OutputStream out) throws IOException {
    Map<String, Feed> all;
    synchronized (this) {
      all = new LinkedHashMap<>(feeds);
    }
    try (JsonGenerator json =
        JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      json.writeStartObject();
      json.writeNumberField("now", clock.millis());
      json.writeNumberField("started", started);
      json.writeArrayFieldStart("feeds");
      for (Map.Entry<String, Feed> feed : all.entrySet()) {
        write(feed.getKey(), feed.getValue().status(), json);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void write(String name, FeedStatus feed, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeStringField("topic", feed.topic());
    json.writeStringField("state", feed.state().name());
    json.writeNumberField("since", feed.since());
    json.writeStringField("problem", feed.problem());
    json.writeBooleanField("caughtUp", feed.caughtUp());
    json.writeNumberField("records", feed.records());
    json.writeNumberField("tombstones", feed.tombstones());
    json.writeNumberField("unreadable", feed.unreadable());
    json.writeStringField("lastUnreadable", feed.lastUnreadable());
    json.writeNumberField("lastMessage", feed.lastMessage());
    json.writeEndObject();
  }
}
