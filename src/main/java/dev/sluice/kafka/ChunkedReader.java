package dev.sluice.kafka;

import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * Kafka's reader, which hands over up to 32 records at a time. Between two polls the task looks for
 * mail and asks each of its outputs whether it has room, which took 5 % of its time with one record
 * per poll; mail now waits for 32 records at most, some 100 microseconds.
 */
@SuppressWarnings("try") // Flink's interface lets close() throw any exception.
final class ChunkedReader<T> extends KafkaReaderWrapper<T> {
  static final int CHUNK = 32;

  ChunkedReader(SourceReader<T, KafkaPartitionSplit> reader) {
    super(reader);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    InputStatus status = super.pollNext(output);
    for (int polls = 1; polls < CHUNK && status == InputStatus.MORE_AVAILABLE; polls++) {
      status = super.pollNext(output);
    }
    return status;
  }
}
