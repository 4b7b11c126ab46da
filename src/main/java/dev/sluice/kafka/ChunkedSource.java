package dev.sluice.kafka;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/** Kafka's source, whose readers hand over several records at a time. */
final class ChunkedSource<T> extends KafkaSourceWrapper<T> {
  private static final long serialVersionUID = 1L;

  ChunkedSource(
      Source<T, KafkaPartitionSplit, KafkaSourceEnumState> source, TypeInformation<T> type) {
    super(source, type);
  }

  @Override
  public SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    return new ChunkedReader<>(super.createReader(context));
  }
}
