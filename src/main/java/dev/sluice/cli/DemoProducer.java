package dev.sluice.cli;

import dev.sluice.config.KafkaOptions;
import dev.sluice.kafka.ClientProperties;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends feature records to their topic in a thread of its own. */
final class DemoProducer implements AutoCloseable {
  private final Thread thread;
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

  /**
   * @param records closed by the caller, after this
   */
  DemoProducer(KafkaOptions kafka, FeatureRecords records) {
    this.thread =
        new Thread(
            () -> {
              try {
                send(kafka, records);
              } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
              }
            },
            "demo-producer");
    thread.setDaemon(true);
    thread.start();
  }

  private void send(KafkaOptions kafka, FeatureRecords records) {
    Properties properties = new Properties();
    properties.putAll(ClientProperties.sinks(kafka));
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "20");
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, "262144");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (FeatureRecords.Feature record = records.next();
          record != null && !Thread.currentThread().isInterrupted();
          record = records.next()) {
        producer.send(
            new ProducerRecord<>(kafka.featuresTopic(), record.key(), record.value()),
            (metadata, error) -> {
              if (error != null) {
                failure.compareAndSet(null, new IllegalStateException("producing failed", error));
              }
            });
      }
    }
  }

  /** Throws what went wrong in the thread, if anything has. */
  void check() {
    RuntimeException error = failure.get();
    if (error != null) {
      throw error;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
