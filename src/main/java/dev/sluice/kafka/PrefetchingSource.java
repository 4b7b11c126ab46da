package dev.sluice.kafka;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.WireFormat;
import dev.sluice.decode.WriterSchemas;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Kafka's source, whose readers open writer schemas for {@link SchemaPrefetch} and close them
 * before anything else, so that nobody waits for a registry while the job ends. Its state is that
 * of Kafka's source.
 */
final class PrefetchingSource<T>
    implements Source<T, KafkaPartitionSplit, KafkaSourceEnumState>, ResultTypeQueryable<T> {
  private static final long serialVersionUID = 1L;

  private final KafkaSource<T> source;
  private final WireFormat format;
  private final WriterSchemas schemas;

  /**
   * @param source with the interceptor {@link SchemaPrefetch}
   */
  PrefetchingSource(KafkaSource<T> source, WireFormat format, WriterSchemas schemas) {
    this.source = requireNonNull(source, "source is null");
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
      return new PrefetchingReader<>(source.createReader(context), opened);
    } catch (Exception | Error e) {
      SchemaPrefetch.unuse();
      opened.close();
      throw e;
    }
  }

  @Override
  public Boundedness getBoundedness() {
    return source.getBoundedness();
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return source.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
      throws IOException {
    return source.restoreEnumerator(context, state);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return source.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return source.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return source.getProducedType();
  }
}
