package dev.sluice.kafka;

import dev.sluice.config.WireFormat;
import dev.sluice.decode.SchemaKey;
import dev.sluice.decode.WriterSchemas;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits for the schemas of fetched records before anybody sees the records. It does so in the
 * thread that fetches, inside {@code poll}, so that the task's own thread goes on meanwhile: with
 * the records that it has, with barriers and with commits. While the registry is down nothing more
 * is fetched, and nothing is lost.
 *
 * <p>Kafka makes it, by its name, for each consumer; {@link #use} says on behalf of whom.
 */
public final class SchemaPrefetch implements ConsumerInterceptor<byte[], byte[]> {
  private record Use(WireFormat format, WriterSchemas.Reader schemas) {}

  /** The consumer is made in the thread of the task, whose source says beforehand what to use. */
  private static final ThreadLocal<Use> USE = new ThreadLocal<>();

  private SchemaKeys keys;
  private WriterSchemas.Reader schemas;

  /**
   * Says what the consumers that this thread makes from now on are to use.
   *
   * @param schemas closed by the caller, which ends all waiting
   */
  static void use(WireFormat format, WriterSchemas.Reader schemas) {
    USE.set(new Use(format, schemas));
  }

  /** Says that this thread makes no more consumers. */
  static void unuse() {
    USE.remove();
  }

  @Override
  public void configure(Map<String, ?> properties) {
    Use use = USE.get();
    if (use == null) {
      throw new IllegalStateException("no source in this thread says which schemas to wait for");
    }
    keys = new SchemaKeys(use.format);
    schemas = use.schemas;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    SchemaKey last = null;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      SchemaKey key = keys.key(record, last);
      if (key != null && key != last) {
        if (!await(key)) {
          return records;
        }
        last = key;
      }
    }
    return records;
  }

  /** Returns whether to go on; false if the source is being closed. */
  private boolean await(SchemaKey key) {
    try {
      if (schemas.known(key) == null) {
        schemas.await(key);
      }
      return true;
    } catch (InterruptedException e) {
      // Flink ends this thread by a flag of its own, and reports an interruption as a failure.
      return false;
    }
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void close() {}
}
