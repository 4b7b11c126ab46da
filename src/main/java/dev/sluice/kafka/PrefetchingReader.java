package dev.sluice.kafka;

import dev.sluice.decode.WriterSchemas;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * Kafka's reader, which closes the schemas before itself: its closing waits for the fetching
 * thread, and that may be waiting for the registry.
 */
@SuppressWarnings("try") // Flink's interface lets close() throw any exception.
final class PrefetchingReader<T> extends KafkaReaderWrapper<T> {
  private final WriterSchemas.Reader schemas;

  PrefetchingReader(SourceReader<T, KafkaPartitionSplit> reader, WriterSchemas.Reader schemas) {
    super(reader);
    this.schemas = schemas;
  }

  @Override
  public void close() throws Exception {
    SchemaPrefetch.unuse();
    schemas.close();
    super.close();
  }
}
