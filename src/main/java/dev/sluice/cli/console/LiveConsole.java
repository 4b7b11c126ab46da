package dev.sluice.cli.console;

import dev.sluice.cli.letters.PublishedRecords;
import dev.sluice.config.KafkaOptions;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.DataProfile;
import dev.sluice.report.History;
import dev.sluice.report.ModelCard;
import dev.sluice.report.console.Changes;
import dev.sluice.report.console.ConsoleApi;
import dev.sluice.report.console.ConsoleServer;
import dev.sluice.report.console.ConsoleSettings;
import dev.sluice.report.console.Feeds;
import dev.sluice.report.console.LetterStore;
import dev.sluice.report.console.LiveReport;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The console of a job's topics: followers, what they fill, and the server. Owns all of them. */
public final class LiveConsole implements AutoCloseable {
  private static final String LETTERS = "dead-letters";

  private final List<TopicFollower> followers = new ArrayList<>();
  private final ConsoleServer server;

  /**
   * What the console knows besides the topics.
   *
   * @param cards models and baselines
   * @param schema what the feature records were written with; empty if nobody knows
   * @param producerHeader the header that names the producer of a record; empty for none
   */
  public record Knowledge(
      List<ModelCard> cards, Optional<Schema> schema, Optional<String> producerHeader) {}

  private LiveConsole(ConsoleServer server) {
    this.server = server;
  }

  /**
   * Starts to listen, then to read; that brokers are there is not waited for.
   *
   * @throws IllegalArgumentException if the address cannot be bound to
   */
  public static LiveConsole start(ConsoleSettings settings, KafkaOptions kafka, Knowledge known) {
    Changes changes = new Changes();
    Feeds feeds = new Feeds(Clock.systemUTC(), changes);
    LiveReport report = new LiveReport(new History(), known.cards(), changes);
    LetterStore letters = new LetterStore();
    LetterOpener opener =
        new LetterOpener(
            kafka, kafka.deadLettersTopic(), known.schema(), () -> feeds.isUnreachable(LETTERS));
    LiveConsole console =
        new LiveConsole(
            ConsoleServer.start(
                settings, ConsoleApi.routes(report, letters, opener, feeds), changes));
    long all = Long.MAX_VALUE;
    console.follow(
        kafka, "input-profiles", kafka.inputProfilesTopic(), all, feeds, windows(report));
    console.follow(
        kafka, "output-profiles", kafka.outputProfilesTopic(), all, feeds, windows(report));
    console.follow(kafka, "alarms", kafka.alarmsTopic(), all, feeds, alarms(report));
    console.follow(
        kafka,
        LETTERS,
        kafka.deadLettersTopic(),
        2L * LetterStore.CAPACITY, // marks of transactions lie among the letters
        feeds,
        new LetterVisitor(known.producerHeader(), letters, changes));
    return console;
  }

  private static Consumer<ConsumerRecord<byte[], byte[]>> windows(LiveReport report) {
    PublishedRecords<DataProfile> records = PublishedRecords.profiles();
    return message -> report.add(records.decode(message));
  }

  private static Consumer<ConsumerRecord<byte[], byte[]>> alarms(LiveReport report) {
    PublishedRecords<Alarm> records = PublishedRecords.alarms();
    return message -> report.add(records.decode(message));
  }

  private void follow(
      KafkaOptions kafka,
      String name,
      String topic,
      long last,
      Feeds feeds,
      Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
    followers.add(TopicFollower.start(kafka, topic, last, feeds.add(name, topic), visitor));
  }

  /** Returns the address for a browser, with the token where there is one. */
  public String url() {
    return server.url();
  }

  /** Returns the address for a browser, without a token. */
  public String address() {
    return server.address();
  }

  /** Stops the server, then the followers. */
  @Override
  public void close() {
    server.close();
    followers.forEach(TopicFollower::close);
  }
}
