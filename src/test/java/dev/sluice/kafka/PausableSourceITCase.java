package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.EmbeddedKafka;
import dev.sluice.config.OptionReader;
import dev.sluice.decode.WriterSchemas;
import dev.sluice.record.EncodedRecord;
import dev.sluice.serial.ArrowTypes;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Partitions are paused that end meanwhile: the thread that fetches is ahead of the task's. */
@Timeout(120)
class PausableSourceITCase {
  private static final String TOPIC = "pausable";
  private static final int RECORDS = 3; // two in the queue, and one that waits for room in it

  private static EmbeddedKafka kafka;

  private final List<EncodedRecord> read = new ArrayList<>();

  @BeforeAll
  static void startBroker() throws Exception {
    kafka = EmbeddedKafka.start();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < RECORDS; i++) {
        producer.send(new ProducerRecord<>(TOPIC, 0, null, new byte[] {(byte) i}));
      }
    }
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @SuppressWarnings("unchecked")
  private static SourceReader<EncodedRecord, KafkaPartitionSplit> reader() throws Exception {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    values.put("features.schema", "unused");
    values.put("model.uri", "unused");
    values.put("topics.features", TOPIC);
    values.put("source.bounded", "true");
    values.put("event-time.max-drift", "7 d");
    values.put("kafka.source.properties.max.poll.records", "1");
    Source<EncodedRecord, KafkaPartitionSplit, ?> source =
        (Source<EncodedRecord, KafkaPartitionSplit, ?>)
            FeatureSource.create(
                OptionReader.read(values), ArrowTypes.ENCODED_RECORD, WriterSchemas.NONE);
    return source.createReader(context());
  }

  private static SourceReaderContext context() {
    return (SourceReaderContext)
        Proxy.newProxyInstance(
            PausableSourceITCase.class.getClassLoader(),
            new Class<?>[] {SourceReaderContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "metricGroup" ->
                      InternalSourceReaderMetricGroup.mock(
                          UnregisteredMetricsGroup.createOperatorMetricGroup());
                  case "getIndexOfSubtask" -> 0;
                  default -> null;
                });
  }

  @Test
  @SuppressWarnings("try") // Flink's interface lets close() throw any exception.
  void aPartitionThatEndsMeanwhileIsReadToItsEnd() throws Exception {
    KafkaPartitionSplit split =
        new KafkaPartitionSplit(new TopicPartition(TOPIC, 0), 0, (long) RECORDS);
    CollectedOutput<EncodedRecord> output = new CollectedOutput<>(read);
    try (SourceReader<EncodedRecord, KafkaPartitionSplit> reader = reader()) {
      reader.start();
      reader.addSplits(List.of(split));
      reader.notifyNoMoreSplits();
      TimeUnit.SECONDS.sleep(3); // until the last record is fetched
      reader.pauseOrResumeSplits(List.of(split.splitId()), List.of());
      reader.pauseOrResumeSplits(List.of(), List.of(split.splitId()));
      while (reader.pollNext(output) != InputStatus.END_OF_INPUT) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
    assertThat(read).extracting(EncodedRecord::offset).containsExactly(0L, 1L, 2L);
  }
}
