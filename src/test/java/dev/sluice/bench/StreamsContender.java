package dev.sluice.bench;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
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

  private final Path state;
  private volatile Throwable failure;
  private KafkaStreams streams;

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
  public void start(Trial trial, Route route) {
    Topology topology = new Topology();
    topology
        .addSource(
            "features", new ByteArrayDeserializer(), new ByteArrayDeserializer(), route.features())
        .addProcessor("score", () -> new Score(trial.workload(), route.features()), "features")
        .addSink(
            "predictions",
            route.predictions(),
            new ByteArraySerializer(),
            new ByteArraySerializer(),
            "score");
    streams = new KafkaStreams(topology, settings(trial, route.predictions()));
    streams.setUncaughtExceptionHandler(
        error -> {
          failure = error;
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.start();
  }

  @Override
  public void requireRunning() {
    if (failure != null) {
      throw new IllegalStateException("Kafka Streams failed", failure);
    }
  }

  @Override
  public void close() {
    if (streams != null && !streams.close(Duration.ofMinutes(1))) {
      throw new IllegalStateException("Kafka Streams did not stop within a minute");
    }
  }

  private Properties settings(Trial trial, String application) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, trial.bootstrapServers());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, trial.checkpointInterval().toMillis());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    // It may be paused between rounds, without being taken for dead.
    settings.put(StreamsConfig.consumerPrefix("session.timeout.ms"), 1_800_000);
    settings.put(StreamsConfig.consumerPrefix("max.poll.interval.ms"), 1_800_000);
    Clients.CONSUMER.forEach(
        (key, value) -> settings.put(StreamsConfig.consumerPrefix(key), value));
    Clients.PRODUCER.forEach(
        (key, value) -> settings.put(StreamsConfig.producerPrefix(key), value));
    return settings;
  }

  /** Scores one record at a time. */
  private static final class Score extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private final Workload workload;
    private final String topic;
    private RecordScorer scorer;

    Score(Workload workload, String topic) {
      this.workload = workload;
      this.topic = topic;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      RecordMetadata source = context().recordMetadata().orElseThrow();
      try {
        if (scorer == null) {
          scorer = new RecordScorer(workload, topic);
        }
        byte[] prediction = scorer.score(source.partition(), source.offset(), record.value());
        context().forward(record.withValue(prediction));
      } catch (IOException | OrtException e) {
        throw new IllegalStateException("record " + source.offset() + " is not scored", e);
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
