package dev.sluice.kafka;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.WireFormat;
import dev.sluice.decode.WriterSchemas;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * Kafka's source, whose readers open writer schemas for {@link SchemaPrefetch} and close them
 * before anything else, so that nobody waits for a registry while the job ends.
 */
final class PrefetchingSource<T> extends KafkaSourceWrapper<T> {
  private static final long serialVersionUID = 1L;

  private final WireFormat format;
  private final WriterSchemas schemas;

  /**
   * @param source with the interceptor {@link SchemaPrefetch}
   */
  PrefetchingSource(
      Source<T, KafkaPartitionSplit, KafkaSourceEnumState> source,
      TypeInformation<T> type,
      WireFormat format,
      WriterSchemas schemas) {
    super(source, type);
    this.format = requireNonNull(format, "format is null");
    this.schemas = requireNonNull(schemas, "schemas is null");
  }

  @Override
  public SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    WriterSchemas.Reader opened = schemas.open();
    try {
      opened.register(context.metricGroup());
      SchemaPrefetch.use(format, opened);
      return new PrefetchingReader<>(super.createReader(context), opened);
    } catch (Exception | Error e) {
      SchemaPrefetch.unuse();
      opened.close();
      throw e;
    }
  }
}
