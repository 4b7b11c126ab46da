package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.BrokerSettings;
import dev.sluice.cli.EmbeddedKafka;
import dev.sluice.config.JobOptions;
import dev.sluice.config.OptionReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is refused and warned of before a job starts, by what a real broker says. */
class StartChecksITCase {
  private static final String LONGEST = "transaction.max.timeout.ms";

  private static EmbeddedKafka kafka;

  private final List<String> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(BrokerSettings.with(Map.of(LONGEST, "120000")));
    try (Topics topics = Topics.connect(kafka.bootstrapServers())) {
      topics.create(
          List.of(
              "features",
              "predictions",
              "dead-letters",
              "input-profiles",
              "output-profiles",
              "alarms"),
          2);
    }
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static JobOptions options(String... more) {
    return options(kafka, more);
  }

  static JobOptions options(EmbeddedKafka broker, String... more) {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap-servers", broker.bootstrapServers());
    values.put("features.schema", "unused");
    values.put("model.uri", "unused");
    values.put("delivery.guarantee", "exactly-once");
    values.put("delivery.transaction-timeout", "2 min");
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    return OptionReader.read(values);
  }

  private static Admin admin() {
    return Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()));
  }

  private void check(StartCheck check, JobOptions options) {
    try (Topics topics = Topics.connect(options.kafka())) {
      check.check(options, topics, topics, problems::add, warnings::add);
    }
  }

  /** A producer takes a whole batch out of its memory, for the first message too. */
  @Test
  void theLeastMemoryThatIsAcceptedSuffices() throws Exception {
    Properties properties =
        Sinks.properties(options("kafka.sink.properties.buffer.memory", "65536"));
    properties.put("bootstrap.servers", kafka.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      long offset = producer.send(new ProducerRecord<>("alarms", new byte[1_000])).get().offset();
      assertThat(offset).isNotNegative();
    }
    assertThat(Sinks.properties(options())).containsEntry("batch.size", "131072");
  }

  @Test
  void aTransactionMayLiveAsLongAsTheBrokersSay() {
    check(new DeliveryCheck(), options());
    assertThat(problems).isEmpty();
    check(new DeliveryCheck(), options("delivery.transaction-timeout", "121 s"));
    assertThat(problems)
        .containsExactly(
            "delivery.transaction-timeout is 121 s, expected at most 2 min, the brokers'"
                + " transaction.max.timeout.ms");
    assertThat(warnings).isEmpty();
    assertThatCode(
            () ->
                KafkaStart.check(
                    options(
                        "delivery.guarantee",
                        "at-least-once",
                        "delivery.transaction-timeout",
                        "20 d")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> KafkaStart.check(options("delivery.transaction-timeout", "20 d")))
        .isInstanceOf(TopicException.class)
        .hasMessageContaining("delivery.transaction-timeout is 20 d, expected at most 2 min");
  }

  @Test
  void whatAClientCannotBeMadeOfIsSaidOfEachSide() {
    assertThatThrownBy(
            () ->
                KafkaStart.check(
                    options(
                        "kafka.source.properties.fetch.min.bytes",
                        "many",
                        "kafka.sink.properties.delivery.timeout.ms",
                        "1")))
        .isInstanceOf(TopicException.class)
        .extracting(
            e -> e.getMessage().split("\n"), InstanceOfAssertFactories.array(String[].class))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith(
                        "the consumer of topic features cannot be made: Invalid value many for"
                            + " configuration fetch.min.bytes")
                    .endsWith("; check kafka.source.properties.fetch.min.bytes"),
            line ->
                assertThat(line)
                    .startsWith("the producer for topics predictions, dead-letters, ")
                    .contains(" cannot be made: delivery.timeout.ms should be "));
  }

  @Test
  void anOpenTransactionUnderThePrefixIsWarnedOf() throws Exception {
    try (CheckedProducer other =
        new CheckedProducer(
            kafka.bootstrapServers(), Map.of("transactional.id", "te.am:predictions-0-7"))) {
      other.initTransactions();
      other.beginTransaction();
      other.send(new ProducerRecord<>("predictions", new byte[1])).get();

      check(new DeliveryCheck(), options("delivery.transactional-id-prefix", "te.am"));
      assertThat(warnings)
          .singleElement()
          .asString()
          .startsWith(
              "delivery.transactional-id-prefix is te.am, and 1 of its transactions are open,"
                  + " te.am:predictions-0-7 among them: either a job that failed left them, or"
                  + " another job runs with this prefix");
      warnings.clear();
      for (String prefix : List.of("te", "texam", "te.am:predictions")) {
        check(new DeliveryCheck(), options("delivery.transactional-id-prefix", prefix));
      }
      assertThat(warnings).isEmpty();
      other.abortTransaction();
      awaitAborted("te.am:predictions-0-7");
      check(new DeliveryCheck(), options("delivery.transactional-id-prefix", "te.am"));
      assertThat(warnings).isEmpty();
      assertThat(problems).isEmpty();
    }
  }

  /** The broker says that it has begun to abort; until it is done, the transaction is open. */
  private static void awaitAborted(String id) throws Exception {
    long start = System.nanoTime();
    try (Admin admin = admin()) {
      while (admin.describeTransactions(List.of(id)).description(id).get().state()
          != TransactionState.COMPLETE_ABORT) {
        assertThat(System.nanoTime() - start).isLessThan(Topics.TIMEOUT.toNanos());
        Thread.sleep(20);
      }
    }
  }

  @Test
  void membersOfTheGroupAreWarnedOf() {
    try (KafkaConsumer<byte[], byte[]> other =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "group.id",
                "crowded",
                "client.id",
                "somebody"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      other.subscribe(List.of("features"));
      long start = System.nanoTime();
      while (other.assignment().isEmpty()) {
        assertThat(System.nanoTime() - start).isLessThan(Topics.TIMEOUT.toNanos());
        other.poll(Duration.ofMillis(50));
      }
      check(new DeliveryCheck(), options("kafka.group-id", "crowded"));
    }
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith(
            "kafka.group-id is crowded, and 1 others consume as this group, somebody among");
    assertThat(problems).isEmpty();
  }

  @Test
  void offsetsFitTheTopic() {
    check(
        new PositionCheck(),
        options("source.start", "offsets:0=1,2=0", "source.stop", "offsets:0=4,7=1"));
    assertThat(problems)
        .containsExactlyInAnyOrder(
            "source.start has the offset 1 for partition 0, expected at most 0, its end",
            "source.start has an offset for partition 2, expected partitions 0 to 1",
            "source.stop has an offset for partition 7, expected partitions 0 to 1",
            "source.stop has no offset for partitions [1], expected one for each from 0 to 1");
    assertThat(warnings)
        .containsExactlyInAnyOrder(
            "source.start has no offset for partitions [1]: they start at the group's committed"
                + " offsets, else at their earliest record",
            "source.stop has the offset 4 for partition 0, which ends at 0: the job waits for the"
                + " records between");
  }

  @Test
  void offsetsAreCheckedBeforeAJobStarts() {
    assertThatThrownBy(() -> KafkaStart.check(options("source.stop", "offsets:0=4")))
        .isInstanceOf(TopicException.class)
        .hasMessageContaining("source.stop has no offset for partitions [1]");
  }

  /** Of five records the first two are gone. */
  @Test
  void theBeginAndTheEndOfAPartitionAreOffsetsToo() throws Exception {
    TopicPartition partition = new TopicPartition("positions", 0);
    try (Topics topics = Topics.connect(kafka.bootstrapServers());
        CheckedProducer producer = new CheckedProducer(kafka.bootstrapServers(), Map.of());
        Admin admin = admin()) {
      topics.create(List.of(partition.topic()), 1);
      for (int i = 0; i < 5; i++) {
        producer.send(new ProducerRecord<>(partition.topic(), new byte[1])).get();
      }
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(2))).all().get();
    }
    for (int offset : new int[] {2, 5}) {
      checkPosition("source.start", offset);
      assertThat(problems).isEmpty();
      assertThat(warnings).isEmpty();
    }
    checkPosition("source.start", 1);
    assertThat(warnings)
        .containsExactly(
            "source.start has the offset 1 for partition 0, whose records before 2 are gone");
    assertThat(problems).isEmpty();
    warnings.clear();
    checkPosition("source.start", 6);
    assertThat(problems)
        .containsExactly(
            "source.start has the offset 6 for partition 0, expected at most 5, its end");
    problems.clear();
    checkPosition("source.stop", 5);
    assertThat(warnings).isEmpty();
    checkPosition("source.stop", 6);
    assertThat(warnings)
        .containsExactly(
            "source.stop has the offset 6 for partition 0, which ends at 5: the job waits for the"
                + " records between");
    assertThat(problems).isEmpty();
  }

  private void checkPosition(String option, int offset) {
    check(
        new PositionCheck(),
        options("topics.features", "positions", option, "offsets:0=" + offset));
  }

  @Test
  void missingOutputTopicsAreCreatedWhenTold() throws Exception {
    String[] names = {
      "topics.predictions", "new-predictions",
      "topics.dead-letters", "new-letters",
      "topics.alarms", "new-alarms"
    };
    assertThatThrownBy(() -> KafkaStart.check(options(names)))
        .hasMessageContaining(": new-predictions, new-letters, new-alarms; create them, or name");

    List<String> told = new ArrayList<>(List.of(names));
    told.addAll(List.of("topic-creation.enabled", "true", "topic-creation.retention", "3 d"));
    List<String> lost = new ArrayList<>(told);
    lost.addAll(List.of("topics.features", "lost"));
    assertThatThrownBy(() -> KafkaStart.check(options(lost.toArray(String[]::new))))
        .as("nothing is created where the features are not there")
        .hasMessageContaining(": lost, new-predictions, new-letters, new-alarms; create them");

    KafkaStart.check(options(told.toArray(String[]::new)));
    KafkaStart.check(options(told.toArray(String[]::new))); // all are there
    try (Topics topics = Topics.connect(kafka.bootstrapServers())) {
      assertThat(topics.require(List.of("new-predictions", "new-letters", "new-alarms")))
          .isEqualTo(Map.of("new-predictions", 2, "new-letters", 2, "new-alarms", 1));
    }
    assertThat(setting("new-predictions", "retention.ms")).isEqualTo("259200000");
    assertThat(setting("new-predictions", "cleanup.policy")).isEqualTo("delete");
    assertThat(setting("new-letters", "retention.ms")).isEqualTo("259200000");
    assertThat(setting("new-alarms", "cleanup.policy")).isEqualTo("compact");
  }

  private static String setting(String topic, String key) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = admin()) {
      Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
      return config.get(key).value();
    }
  }

  @Test
  void tooManyReplicasAreOneLine() {
    assertThatThrownBy(
            () ->
                KafkaStart.check(
                    options(
                        "topics.predictions",
                        "thrice",
                        "topic-creation.enabled",
                        "true",
                        "topic-creation.replication",
                        "3")))
        .isInstanceOf(TopicException.class)
        .hasMessageContaining("cannot create topic thrice at " + kafka.bootstrapServers());
  }
}
