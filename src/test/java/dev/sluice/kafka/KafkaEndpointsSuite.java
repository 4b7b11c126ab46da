package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.EmbeddedFlink;
import dev.sluice.config.JobOptions;
import dev.sluice.config.OptionReader;
import dev.sluice.decode.WriterSchemas;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.Header;
import dev.sluice.record.KafkaMessage;
import dev.sluice.serial.ArrowTypes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From a topic to a topic through a real broker and a real cluster; what broker is the subclass's
 * business.
 */
abstract class KafkaEndpointsSuite {
  private static EmbeddedFlink flink;

  /** Returns the broker's {@code host:port}. */
  abstract String bootstrapServers();

  @BeforeAll
  static void startCluster() {
    flink = EmbeddedFlink.start(2);
  }

  @AfterAll
  static void stopCluster() {
    flink.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void recordsArriveAsTheyAre(String guarantee) throws Exception {
    String in = "in-" + guarantee;
    String out = "out-" + guarantee;
    create(in, out);
    produce(record(in, "k1", "v1", "h", "x"), record(in, null, "v2"), record(in, "k3", null));

    long before = System.currentTimeMillis();
    copy(options(in, out, "delivery.guarantee", guarantee));

    List<ConsumerRecord<byte[], byte[]>> records = read(out);
    assertThat(records.stream().map(KafkaEndpointsSuite::described))
        .containsExactlyInAnyOrder("k1=v1 h=x h=null", "null=v2", "k3=tombstone");
    assertThat(records).allMatch(record -> record.timestamp() >= before);
    // A transaction leaves a marker behind, which takes an offset but is no record.
    assertThat(offsets(out) > records.size()).isEqualTo(guarantee.equals("exactly-once"));
  }

  @Test
  void aStartByTimestampSkipsWhatIsOlder() throws Exception {
    create("in-timestamp", "out-timestamp");
    long now = System.currentTimeMillis();
    produce(
        new ProducerRecord<>("in-timestamp", 0, now - 60_000, null, bytes("old")),
        new ProducerRecord<>("in-timestamp", 0, now, null, bytes("new")));

    String start = "timestamp:" + Instant.ofEpochMilli(now - 1000);
    copy(options("in-timestamp", "out-timestamp", "source.start", start));

    assertThat(read("out-timestamp").stream().map(KafkaEndpointsSuite::described))
        .containsExactly("null=new");
  }

  @Test
  void abortedRecordsAreNotRead() throws Exception {
    create("in-aborted", "out-aborted");
    try (CheckedProducer producer =
        new CheckedProducer(bootstrapServers(), Map.of("transactional.id", "t"))) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(record("in-aborted", null, "aborted")).get();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(record("in-aborted", null, "committed")).get();
      producer.commitTransaction();
    }

    copy(options("in-aborted", "out-aborted"));

    assertThat(read("out-aborted").stream().map(KafkaEndpointsSuite::described))
        .containsExactly("null=committed");
  }

  @Test
  void allMissingTopicsAreNamedAtOnce() {
    create("present");
    assertThatThrownBy(() -> Topics.require(options("absent-1", "present")))
        .isInstanceOf(TopicException.class)
        .hasMessage(
            "topics missing at "
                + bootstrapServers()
                + ": absent-1, dead-letters, input-profiles, output-profiles, alarms; create"
                + " them, or name others by the options topics.*");
  }

  @Test
  void presentTopicsHavePartitions() {
    create("two");
    create("two"); // an existing topic stays
    try (Topics topics = Topics.connect(bootstrapServers())) {
      assertThat(topics.require(List.of("two"))).isEqualTo(Map.of("two", 2));
      assertThatThrownBy(() -> topics.create(List.of("a/b"), 1))
          .isInstanceOf(TopicException.class)
          .hasMessageContaining("cannot create topic a/b at " + bootstrapServers());
    }
  }

  private void create(String... names) {
    try (Topics topics = Topics.connect(bootstrapServers())) {
      topics.create(List.of(names), 2);
    }
  }

  private JobOptions options(String in, String out, String... more) {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap-servers", bootstrapServers());
    values.put("kafka.group-id", in);
    values.put("features.schema", "unused");
    values.put("model.uri", "unused");
    values.put("topics.features", in);
    values.put("topics.predictions", out);
    values.put("source.bounded", "true");
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    return OptionReader.read(values);
  }

  /** Runs a job that copies the records there are. */
  private static void copy(JobOptions options) throws Exception {
    StreamExecutionEnvironment environment = flink.environment();
    environment.enableCheckpointing(200);
    environment
        .fromSource(
            FeatureSource.create(options, ArrowTypes.ENCODED_RECORD, WriterSchemas.NONE),
            WatermarkStrategy.noWatermarks(),
            "features")
        .map(KafkaEndpointsSuite::message)
        .returns(ArrowTypes.KAFKA_MESSAGE)
        .sinkTo(Sinks.create(options, options.kafka().predictionsTopic()));
    environment.execute();
  }

  private static KafkaMessage message(EncodedRecord record) {
    byte[] value = record.value() == null ? bytes("tombstone") : record.value();
    Header[] headers = record.headers();
    if (headers.length > 0) {
      headers = new Header[] {headers[0], new Header("h", null)};
    }
    return new KafkaMessage(record.key(), value, headers);
  }

  @SafeVarargs
  private final void produce(ProducerRecord<byte[], byte[]>... records) {
    try (CheckedProducer producer = new CheckedProducer(bootstrapServers())) {
      for (ProducerRecord<byte[], byte[]> record : records) {
        producer.send(record);
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, String key, String value, String... header) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, bytes(key), bytes(value));
    if (header.length > 0) {
      record.headers().add(header[0], bytes(header[1]));
    }
    return record;
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    return CommittedMessages.all(bootstrapServers(), topic);
  }

  /** Counts messages and the marks of transactions. */
  private long offsets(String topic) throws Exception {
    Map<TopicPartition, OffsetSpec> ends =
        Map.of(
            new TopicPartition(topic, 0), OffsetSpec.latest(),
            new TopicPartition(topic, 1), OffsetSpec.latest());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) bootstrapServers()))) {
      return admin.listOffsets(ends).all().get().values().stream().mapToLong(e -> e.offset()).sum();
    }
  }

  private static String described(ConsumerRecord<byte[], byte[]> record) {
    StringBuilder text = new StringBuilder(text(record.key()) + "=" + text(record.value()));
    record.headers().forEach(h -> text.append(' ').append(h.key() + "=" + text(h.value())));
    return text.toString();
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
  }
}
