package dev.sluice.bench;

import dev.sluice.model.ModelPackage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The plain loop: poll, decode by hand, score in batches from direct buffers into pinned outputs,
 * send. One thread, no Flink, no checks, no profiles.
 */
final class LimitContender implements Contender {
  static final String NAME = "limit";

  private volatile boolean ended;
  private volatile Exception failure;
  private Thread thread;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start(Trial trial, Route route) {
    thread =
        new Thread(
            () -> {
              try {
                score(trial, route);
              } catch (Exception e) {
                failure = e;
              }
            },
            NAME);
    thread.start();
  }

  private void score(Trial trial, Route route) throws Exception {
    ModelPackage model = ModelPackage.open(trial.workload().model());
    try (BareRuntime runtime =
            new BareRuntime(model.onnxFile().toString(), model.signature(), Workload.BATCH_ROWS);
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Clients.with(Clients.CONSUMER, trial.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Clients.with(Clients.PRODUCER, trial.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      Batch batch = new Batch(trial, model, runtime, producer, route);
      consumer.assign(List.of(new TopicPartition(route.features(), 0)));
      while (!ended) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
        for (ConsumerRecord<byte[], byte[]> record : records) {
          batch.add(record);
        }
        if (records.isEmpty()) {
          batch.flush();
        }
      }
    }
  }

  @Override
  public void requireRunning() throws Exception {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() {
    ended = true;
    try {
      if (thread != null) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Rows that are scored and sent together. */
  private static final class Batch {
    private final long[] offsets = new long[Workload.BATCH_ROWS];
    private final long[] eventTimes = new long[Workload.BATCH_ROWS];
    private final BareRuntime runtime;
    private final HandDecoder decoder;
    private final KafkaProducer<byte[], byte[]> producer;
    private final String predictionsTopic;
    private final Payload payload;
    private final ByteBuffer[] outputs;
    private int rows;

    Batch(
        Trial trial,
        ModelPackage model,
        BareRuntime runtime,
        KafkaProducer<byte[], byte[]> producer,
        Route route) {
      this.runtime = runtime;
      this.decoder = trial.workload().decoder(runtime);
      this.producer = producer;
      this.predictionsTopic = route.predictions();
      this.payload = new Payload(route.features(), model);
      this.outputs =
          payload.outputs().stream()
              .map(output -> runtime.buffer(output.name()))
              .toArray(ByteBuffer[]::new);
    }

    void add(ConsumerRecord<byte[], byte[]> record) throws Exception {
      offsets[rows] = record.offset();
      eventTimes[rows] = decoder.decode(record.value(), rows);
      if (++rows == Workload.BATCH_ROWS) {
        flush();
      }
    }

    /** A batch that is not full is scored with old rows behind its own, which nobody sends. */
    void flush() throws Exception {
      if (rows == 0) {
        return;
      }
      decoder.complete();
      runtime.score();
      for (int row = 0; row < rows; row++) {
        byte[] value = payload.encode(0, offsets[row], eventTimes[row], outputs, row);
        producer.send(new ProducerRecord<>(predictionsTopic, value));
      }
      rows = 0;
    }
  }
}
