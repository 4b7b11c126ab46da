package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.console.TopicFollower;
import dev.sluice.config.KafkaOptions;
import dev.sluice.kafka.CheckedProducer;
import dev.sluice.report.console.Changes;
import dev.sluice.report.console.Feed;
import dev.sluice.report.console.FeedStatus;
import dev.sluice.report.console.Feeds;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the console's readers make of topics as they are. */
@Timeout(120)
class ConsoleTopicsITCase {
  private static EmbeddedKafka kafka;

  private final List<String> read = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private Feed feed(String topic) {
    return new Feeds(Clock.systemUTC(), new Changes()).add("topic", topic);
  }

  private TopicFollower follow(String topic, long last, Feed feed) {
    KafkaOptions options =
        KafkaOptions.from(
            Configuration.fromMap(Map.of("kafka.bootstrap-servers", kafka.bootstrapServers())));
    return TopicFollower.start(
        options,
        topic,
        last,
        feed,
        message -> {
          String text = new String(message.value(), StandardCharsets.UTF_8);
          if (text.equals("bad")) {
            throw new IllegalArgumentException("it is bad");
          } else if (text.equals("fatal")) {
            throw new OutOfMemoryError("as if");
          }
          read.add(text);
        });
  }

  private static void create(String topic) {
    new LetterTopic(kafka.bootstrapServers(), topic + "-unused", 1).create(topic, 1, Map.of());
  }

  private static void write(String topic, int partition, String... values) {
    try (CheckedProducer producer = new CheckedProducer(kafka.bootstrapServers())) {
      for (String value : values) {
        byte[] bytes = value == null ? null : LetterTopic.bytes(value);
        producer.send(new ProducerRecord<>(topic, partition, LetterTopic.bytes("k"), bytes));
      }
    }
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  @Test
  void tombstonesAndWhatIsNotReadableAreCountedAndReadOver() throws Exception {
    create("mixed");
    write("mixed", 0, "one", null, "bad", "two");
    Feed feed = feed("mixed");
    try (TopicFollower follower = follow("mixed", Long.MAX_VALUE, feed)) {
      until(() -> read.size() == 2 && feed.status().caughtUp());
      assertThat(follower).isNotNull();
    }
    FeedStatus status = feed.status();
    assertThat(read).containsExactly("one", "two");
    assertThat(status.records()).isEqualTo(4);
    assertThat(status.tombstones()).isEqualTo(1);
    assertThat(status.unreadable()).isEqualTo(1);
    assertThat(status.lastUnreadable()).isEqualTo("mixed-0@2: it is bad");
    assertThat(status.state()).isEqualTo(FeedStatus.State.LIVE);
  }

  @Test
  void aReaderThatFailsForGoodSaysSo() throws Exception {
    create("fatal");
    write("fatal", 0, "one", "fatal");
    Feed feed = feed("fatal");
    try (TopicFollower follower = follow("fatal", Long.MAX_VALUE, feed)) {
      until(() -> feed.status().state() == FeedStatus.State.FAILED);
      assertThat(follower).isNotNull();
    }
    assertThat(feed.status().problem()).contains("OutOfMemoryError: as if");
  }

  @Test
  void onlyTheLastMessagesAreReadWhereThatIsAsked() throws Exception {
    create("long");
    write("long", 0, "1", "2", "3", "4", "5");
    Feed feed = feed("long");
    try (TopicFollower follower = follow("long", 2, feed)) {
      until(() -> read.size() == 2);
      write("long", 0, "6");
      until(() -> read.size() == 3);
      assertThat(follower).isNotNull();
    }
    assertThat(read).containsExactly("4", "5", "6");
  }

  @Test
  void partitionsThatAreAddedAreReadFromTheirBeginning() throws Exception {
    create("growing");
    write("growing", 0, "old");
    Feed feed = feed("growing");
    try (TopicFollower follower = follow("growing", 1, feed);
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      until(() -> read.contains("old"));
      admin.createPartitions(Map.of("growing", NewPartitions.increaseTo(2))).all().get();
      write("growing", 1, "new 1", "new 2", "new 3");
      until(() -> read.size() == 4);
      assertThat(follower).isNotNull();
    }
    assertThat(read).containsExactly("old", "new 1", "new 2", "new 3");
  }

  @Test
  void aTopicThatIsNotThereIsWaitedForAndNotMade() throws Exception {
    Feed feed = feed("later");
    try (TopicFollower follower = follow("later", Long.MAX_VALUE, feed)) {
      until(() -> feed.status().state() == FeedStatus.State.REFUSED);
      assertThat(feed.status().problem()).contains("there is no topic later");
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
        assertThat(admin.listTopics().names().get()).doesNotContain("later");
        create("later");
        write("later", 0, "here");
        until(() -> read.contains("here"));
        assertThat(admin.listGroups().all().get()).isEmpty();
      }
      assertThat(follower).isNotNull();
    }
  }
}
