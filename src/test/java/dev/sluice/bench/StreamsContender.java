package dev.sluice.bench;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Kafka Streams with a GenericRecord and one run of the model per record; one stream thread. */
final class StreamsContender implements Contender {
  static final String NAME = "kafka-streams";

  private static final int MINUTES = 10;

  private final Path state;

  /**
   * @param state directory that Kafka Streams may use
   */
  StreamsContender(Path state) {
    this.state = state;
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
    CountDownLatch done = new CountDownLatch(1);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Topology topology = new Topology();
    topology
        .addSource(
            "features", new ByteArrayDeserializer(), new ByteArrayDeserializer(), trial.topic())
        .addProcessor("score", () -> new Score(trial, records, done), "features")
        .addSink(
            "predictions",
            predictionsTopic,
            new ByteArraySerializer(),
            new ByteArraySerializer(),
            "score");
    try (KafkaStreams streams = new KafkaStreams(topology, settings(trial, predictionsTopic))) {
      streams.setUncaughtExceptionHandler(
          error -> {
            failure.set(error);
            done.countDown();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
          });
      streams.start();
      if (!done.await(MINUTES, TimeUnit.MINUTES)) {
        throw new IllegalStateException("Kafka Streams took longer than " + MINUTES + " minutes");
      }
      // Its producer is flushed on closing.
      if (!streams.close(Duration.ofMinutes(1)) && failure.get() == null) {
        throw new IllegalStateException("Kafka Streams did not stop within a minute");
      }
    }
    if (failure.get() != null) {
      throw new IllegalStateException("Kafka Streams failed", failure.get());
    }
  }

  private Properties settings(Trial trial, String application) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, trial.bootstrapServers());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 10_000); // as the others' checkpoints
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    Clients.CONSUMER.forEach(
        (key, value) -> settings.put(StreamsConfig.consumerPrefix(key), value));
    Clients.PRODUCER.forEach(
        (key, value) -> settings.put(StreamsConfig.producerPrefix(key), value));
    return settings;
  }

  /** Scores one record at a time, and those behind the last one not at all. */
  private static final class Score extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private final Trial trial;
    private final long records;
    private final CountDownLatch done;
    private RecordScorer scorer;

    Score(Trial trial, long records, CountDownLatch done) {
      this.trial = trial;
      this.records = records;
      this.done = done;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      RecordMetadata source = context().recordMetadata().orElseThrow();
      if (source.offset() >= records) {
        return;
      }
      try {
        if (scorer == null) {
          scorer = new RecordScorer(trial.workload(), trial.topic());
        }
        byte[] prediction = scorer.score(source.partition(), source.offset(), record.value());
        context().forward(record.withValue(prediction));
      } catch (IOException | OrtException e) {
        throw new IllegalStateException("record " + source.offset() + " is not scored", e);
      }
      if (source.offset() == records - 1) {
        done.countDown();
      }
    }

    @Override
    public void close() {
      try {
        if (scorer != null) {
          scorer.close();
        }
      } catch (OrtException e) {
        throw new IllegalStateException("the session does not close", e);
      }
    }
  }
}
