package dev.sluice.bench;

import dev.sluice.cli.EmbeddedFlink;
import dev.sluice.kafka.EncodedRecordReader;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.Header;
import dev.sluice.record.KafkaMessage;
import dev.sluice.serial.ArrowTypes;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Flink with a GenericRecord and one run of the model per record, as it is often written. */
final class PerRecordContender implements Contender {
  static final String NAME = "per-record";

  private final EmbeddedFlink flink;

  PerRecordContender(EmbeddedFlink flink) {
    this.flink = flink;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isPerRecord() {
    return true;
  }

  @Override
  public void run(Trial trial, String predictionsTopic, long records) throws Exception {
    Properties consumer = new Properties();
    consumer.putAll(Clients.CONSUMER);
    Properties producer = new Properties();
    producer.putAll(Clients.PRODUCER);
    KafkaSource<EncodedRecord> source =
        KafkaSource.<EncodedRecord>builder()
            .setBootstrapServers(trial.bootstrapServers())
            .setProperties(consumer)
            .setTopics(trial.topic())
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setBounded(
                OffsetsInitializer.offsets(Map.of(new TopicPartition(trial.topic(), 0), records)))
            .setDeserializer(new EncodedRecordReader(ArrowTypes.ENCODED_RECORD))
            .build();
    KafkaSink<KafkaMessage> sink =
        KafkaSink.<KafkaMessage>builder()
            .setBootstrapServers(trial.bootstrapServers())
            .setKafkaProducerConfig(producer)
            .setRecordSerializer(
                (message, context, timestamp) ->
                    new ProducerRecord<>(predictionsTopic, message.value()))
            .build();
    StreamExecutionEnvironment env = flink.environment();
    env.setParallelism(1);
    env.enableCheckpointing(10_000);
    env.fromSource(source, WatermarkStrategy.noWatermarks(), "source", ArrowTypes.ENCODED_RECORD)
        .map(new Score(trial.workload().name(), trial.topic()))
        .returns(ArrowTypes.KAFKA_MESSAGE)
        .sinkTo(sink);
    env.execute(NAME);
  }

  /** Scores one record at a time. */
  static final class Score extends RichMapFunction<EncodedRecord, KafkaMessage> {
    private static final long serialVersionUID = 1L;

    private final String workload;
    private final String topic;
    private transient RecordScorer scorer;

    Score(String workload, String topic) {
      this.workload = workload;
      this.topic = topic;
    }

    @Override
    public void open(OpenContext context) throws Exception {
      scorer = new RecordScorer(Workloads.named(workload), topic);
    }

    @Override
    public KafkaMessage map(EncodedRecord record) throws Exception {
      byte[] prediction = scorer.score(record.partition(), record.offset(), record.value());
      return new KafkaMessage(null, prediction, Header.NONE);
    }

    @Override
    public void close() throws Exception {
      if (scorer != null) {
        scorer.close();
      }
    }
  }
}
