package dev.sluice.bench;

import dev.sluice.cli.EmbeddedFlink;
import dev.sluice.kafka.EncodedRecordReader;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.Header;
import dev.sluice.record.KafkaMessage;
import dev.sluice.serial.ArrowTypes;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Flink with a GenericRecord and one run of the model per record, as it is often written. */
final class PerRecordContender implements Contender {
  static final String NAME = "per-record";

  private final EmbeddedFlink flink;
  private RunningJob job;

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
  public void start(Trial trial, Route route) throws Exception {
    Properties consumer = new Properties();
    consumer.putAll(Clients.CONSUMER);
    Properties producer = new Properties();
    producer.putAll(Clients.PRODUCER);
    KafkaSource<EncodedRecord> source =
        KafkaSource.<EncodedRecord>builder()
            .setBootstrapServers(trial.bootstrapServers())
            .setProperties(consumer)
            .setTopics(route.features())
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setDeserializer(new EncodedRecordReader(ArrowTypes.ENCODED_RECORD))
            .build();
    String predictionsTopic = route.predictions(); // what the lambda takes along
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
    env.enableCheckpointing(trial.checkpointInterval().toMillis());
    env.fromSource(source, WatermarkStrategy.noWatermarks(), "source", ArrowTypes.ENCODED_RECORD)
        .map(new Score(trial.workload().name(), route.features()))
        .returns(ArrowTypes.KAFKA_MESSAGE)
        .sinkTo(sink);
    job = new RunningJob(env.executeAsync(NAME));
  }

  @Override
  public void requireRunning() throws Exception {
    job.requireRunning();
  }

  @Override
  public void close() {
    if (job != null) {
      job.close();
    }
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
