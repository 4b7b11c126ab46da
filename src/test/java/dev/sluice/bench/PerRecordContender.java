package dev.sluice.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.sluice.cli.EmbeddedFlink;
import dev.sluice.model.ModelPackage;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.KafkaMessage;
import dev.sluice.serial.ArrowTypes;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
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
  private final EmbeddedFlink flink;

  PerRecordContender(EmbeddedFlink flink) {
    this.flink = flink;
  }

  @Override
  public String name() {
    return "per-record";
  }

  @Override
  public void run(String bootstrapServers, String predictionsTopic, long records) throws Exception {
    Properties consumer = new Properties();
    consumer.putAll(Clients.CONSUMER);
    Properties producer = new Properties();
    producer.putAll(Clients.PRODUCER);
    KafkaSource<EncodedRecord> source =
        KafkaSource.<EncodedRecord>builder()
            .setBootstrapServers(bootstrapServers)
            .setProperties(consumer)
            .setTopics(Workload.TOPIC)
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setBounded(
                OffsetsInitializer.offsets(Map.of(new TopicPartition(Workload.TOPIC, 0), records)))
            .setDeserializer(new dev.sluice.kafka.EncodedRecordReader(ArrowTypes.ENCODED_RECORD))
            .build();
    KafkaSink<KafkaMessage> sink =
        KafkaSink.<KafkaMessage>builder()
            .setBootstrapServers(bootstrapServers)
            .setKafkaProducerConfig(producer)
            .setRecordSerializer(
                (message, context, timestamp) ->
                    new ProducerRecord<>(predictionsTopic, message.value()))
            .build();
    StreamExecutionEnvironment env = flink.environment();
    env.setParallelism(1);
    env.enableCheckpointing(10_000);
    env.fromSource(source, WatermarkStrategy.noWatermarks(), "source", ArrowTypes.ENCODED_RECORD)
        .map(new Score(ModelPackage.open(Workload.MODEL).onnxFile().toString()))
        .returns(ArrowTypes.KAFKA_MESSAGE)
        .sinkTo(sink);
    env.execute("per-record");
  }

  /** Decodes, scores and encodes one record at a time. */
  static final class Score extends RichMapFunction<EncodedRecord, KafkaMessage> {
    private static final long serialVersionUID = 1L;

    private final String onnxFile;
    private transient OrtEnvironment environment;
    private transient OrtSession session;
    private transient GenericDatumReader<GenericRecord> reader;
    private transient Schema schema;
    private transient Payload payload;
    private transient BinaryDecoder decoder;

    Score(String onnxFile) {
      this.onnxFile = onnxFile;
    }

    @Override
    public void open(OpenContext context) throws Exception {
      environment = OrtEnvironment.getEnvironment();
      OrtSession.SessionOptions options = new OrtSession.SessionOptions();
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(onnxFile, options);
      schema = new Schema.Parser().parse(Workload.schemaText());
      reader = new GenericDatumReader<>(schema);
      payload = new Payload(ModelPackage.open(Workload.MODEL).identity());
    }

    @Override
    public KafkaMessage map(EncodedRecord record) throws Exception {
      decoder = DecoderFactory.get().binaryDecoder(record.value(), decoder);
      GenericRecord features = reader.read(null, decoder);
      float[][] row = new float[1][Workload.FEATURES];
      for (int i = 0; i < Workload.FEATURES; i++) {
        row[0][i] = (Float) features.get(i + 1);
      }
      try (OnnxTensor input = OnnxTensor.createTensor(environment, row);
          OrtSession.Result result = session.run(Map.of("features", input))) {
        float score = ((float[][]) result.get(0).getValue())[0][0];
        return new KafkaMessage(
            null,
            payload.encode(0, record.offset(), (Long) features.get(0), score),
            dev.sluice.record.Header.NONE);
      }
    }

    @Override
    public void close() throws Exception {
      if (session != null) {
        session.close();
      }
    }
  }
}
