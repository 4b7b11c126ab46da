package dev.sluice.cli.console;

import dev.sluice.cli.letters.TopicReader;
import dev.sluice.config.KafkaOptions;
import dev.sluice.report.console.Feed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic for ever: from its beginning or its last messages on, also partitions that are
 * added, and over brokers that go away and come back. Says in its feed how that goes. Owns a thread
 * and a consumer; the thread keeps no process alive.
 */
public final class TopicFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);

  /** How often the brokers are asked whether they are there, and how far the topic goes. */
  private static final Duration ASK_EVERY = Duration.ofSeconds(2);

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  /** How often the topic's partitions are asked for. */
  private static final Duration PARTITIONS_EVERY = Duration.ofSeconds(20);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

  private final KafkaOptions kafka;
  private final String topic;
  private final long last;
  private final Feed feed;
  private final Consumer<ConsumerRecord<byte[], byte[]>> visitor;
  private final Thread thread;

  /** Where to go on, by partition, also with a new consumer. */
  private final Map<TopicPartition, Long> next = new HashMap<>();

  private Duration pause = FIRST_PAUSE;
  private volatile boolean closed;

  private TopicFollower(
      KafkaOptions kafka,
      String topic,
      long last,
      Feed feed,
      Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
    this.kafka = kafka;
    this.topic = topic;
    this.last = last;
    this.feed = feed;
    this.visitor = visitor;
    this.thread = new Thread(this::run, "console-" + topic);
    thread.setDaemon(true);
  }

  /**
   * Starts to read.
   *
   * @param last of what the topic has so far, so many offsets of each partition are read; {@link
   *     Long#MAX_VALUE} for all
   * @param visitor takes each message, in the follower's thread; what it throws counts as an
   *     unreadable message
   */
  public static TopicFollower start(
      KafkaOptions kafka,
      String topic,
      long last,
      Feed feed,
      Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
    TopicFollower follower = new TopicFollower(kafka, topic, last, feed, visitor);
    follower.thread.start();
    return follower;
  }

  private void run() {
    try {
      followUntilClosed();
    } catch (Error e) { // memory, say: the page says so, as nobody else would
      LOG.error("{} is followed no more", topic, e);
      feed.failed(e.toString());
    }
  }

  private void followUntilClosed() {
    while (!closed) {
      try {
        KafkaConsumer<byte[], byte[]> consumer = TopicReader.consumer(kafka, null);
        try {
          follow(consumer);
        } finally {
          consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
      } catch (WakeupException | InterruptException e) {
        closed = true;
      } catch (TimeoutException e) {
        feed.unreachable(message(e));
      } catch (RuntimeException e) { // of the client, or what its settings led to
        LOG.warn("{} cannot be followed, tried again in {} s", topic, pause.toSeconds(), e);
        feed.refused(message(e));
      }
      pause();
    }
  }

  private static String message(Exception e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /** Waits, unless it is closed, and longer the next time. */
  private void pause() {
    if (!closed) {
      try {
        Thread.sleep(pause.toMillis());
      } catch (InterruptedException e) {
        closed = true;
      }
    }
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }

  private void follow(KafkaConsumer<byte[], byte[]> consumer) {
    long partitionsAsked = 0;
    long asked = 0;
    while (!closed) {
      long now = System.nanoTime();
      if (partitionsAsked == 0 || now - partitionsAsked > PARTITIONS_EVERY.toNanos()) {
        if (!assign(consumer)) {
          return; // not there: asked again with a new consumer
        }
        partitionsAsked = now;
      }
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        visit(message);
      }
      if (now - asked > ASK_EVERY.toNanos()) {
        ask(consumer);
        asked = System.nanoTime();
      }
    }
  }

  /** Takes up all partitions that the topic has; returns whether there are any. */
  private boolean assign(KafkaConsumer<byte[], byte[]> consumer) {
    List<PartitionInfo> infos;
    try {
      infos = consumer.partitionsFor(topic, ANSWER_WITHIN);
    } catch (TimeoutException e) {
      if (consumer.assignment().isEmpty()) {
        throw e;
      }
      feed.unreachable(message(e));
      return true; // asked again later
    }
    if (infos == null || infos.isEmpty()) {
      feed.refused("there is no topic " + topic + " yet");
      return false;
    }
    Set<TopicPartition> all = new HashSet<>();
    infos.forEach(info -> all.add(new TopicPartition(topic, info.partition())));
    if (all.equals(consumer.assignment())) {
      return true;
    }
    List<TopicPartition> unknown = new ArrayList<>(all);
    unknown.removeAll(next.keySet());
    boolean added = !next.isEmpty(); // all that an added partition has came after the start
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(unknown, ANSWER_WITHIN);
    Map<TopicPartition, Long> ends = consumer.endOffsets(unknown, ANSWER_WITHIN);
    for (TopicPartition partition : unknown) {
      long begin = begins.get(partition);
      next.put(partition, added ? begin : Math.max(begin, ends.get(partition) - last));
    }
    consumer.assign(all);
    all.forEach(partition -> consumer.seek(partition, next.get(partition)));
    return true;
  }

  private void visit(ConsumerRecord<byte[], byte[]> message) {
    next.put(new TopicPartition(topic, message.partition()), message.offset() + 1);
    feed.read(message.timestamp());
    if (message.value() == null) {
      feed.tombstone(); // nothing is known any more of what it was about
      return;
    }
    try {
      visitor.accept(message);
    } catch (RuntimeException e) {
      feed.unreadable(
          "%s-%d@%d: %s".formatted(topic, message.partition(), message.offset(), message(e)));
    }
  }

  /** Asks the brokers how far the topic goes, which says that they are there, too. */
  private void ask(KafkaConsumer<byte[], byte[]> consumer) {
    try {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), ANSWER_WITHIN);
      feed.live();
      pause = FIRST_PAUSE;
      boolean all = true;
      for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
        all &= consumer.position(end.getKey(), ANSWER_WITHIN) >= end.getValue();
      }
      feed.caughtUp(all);
    } catch (TimeoutException e) {
      feed.unreachable("no broker of " + kafka.bootstrapServers() + " answers");
    }
  }

  /** Stops reading; returns when it has stopped, or after some seconds. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(CLOSE_WITHIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
