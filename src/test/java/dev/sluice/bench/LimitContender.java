package dev.sluice.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.sluice.model.ModelPackage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The plain loop: poll, decode by hand, score in batches of 256 from direct buffers into pinned
 * outputs, send. One thread, no Flink, no checks, no profiles.
 */
final class LimitContender implements Contender {
  private static final int BATCH = 256;

  @Override
  public String name() {
    return "limit";
  }

  @Override
  @SuppressWarnings("try") // the result is closed, its values are in the pinned output
  public void run(String bootstrapServers, String predictionsTopic, long records) throws Exception {
    ModelPackage model = ModelPackage.open(Workload.MODEL);
    Payload payload = new Payload(model.identity());
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    FloatBuffer inputs = floats(BATCH * Workload.FEATURES);
    FloatBuffer outputs = floats(BATCH);
    long[] offsets = new long[BATCH];
    long[] eventTimes = new long[BATCH];
    try (OrtSession.SessionOptions options = options();
        OrtSession session = environment.createSession(model.onnxFile().toString(), options);
        OnnxTensor input =
            OnnxTensor.createTensor(environment, inputs, new long[] {BATCH, Workload.FEATURES});
        OnnxTensor output = OnnxTensor.createTensor(environment, outputs, new long[] {BATCH, 1});
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Clients.with(Clients.CONSUMER, bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Clients.with(Clients.PRODUCER, bootstrapServers),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      consumer.assign(List.of(new TopicPartition(Workload.TOPIC, 0)));
      int filled = 0;
      for (long read = 0; read < records; ) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (read == records) {
            break;
          }
          read++;
          offsets[filled] = record.offset();
          eventTimes[filled] = decode(record.value(), inputs, filled * Workload.FEATURES);
          if (++filled == BATCH || read == records) {
            try (OrtSession.Result result =
                session.run(Map.of("features", input), Set.of(), Map.of("score", output))) {
              for (int i = 0; i < filled; i++) {
                producer.send(
                    new ProducerRecord<>(
                        predictionsTopic,
                        payload.encode(0, offsets[i], eventTimes[i], outputs.get(i))));
              }
            }
            filled = 0;
          }
        }
      }
    }
  }

  private static OrtSession.SessionOptions options() throws ai.onnxruntime.OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    return options;
  }

  private static FloatBuffer floats(int count) {
    return ByteBuffer.allocateDirect(4 * count).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** Decodes the features into the tensor and returns the event time. */
  private static long decode(byte[] value, FloatBuffer inputs, int target) {
    int position = 0;
    long raw = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = value[position++];
      raw |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        break;
      }
    }
    ByteBuffer features = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < Workload.FEATURES; i++) {
      inputs.put(target + i, features.getFloat(position + 4 * i));
    }
    return (raw >>> 1) ^ -(raw & 1);
  }
}
