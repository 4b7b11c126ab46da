package dev.sluice.kafka;

import java.util.List;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * Kafka's reader, whose output is idle once partitions have been given out and none to this one,
 * until it gets one that was added later. Before {@link PartitionsAssigned} it is not: others could
 * run ahead of the partition that is on its way. Once it has a partition, its output is never idle.
 */
@SuppressWarnings("try") // Flink's interface lets close() throw any exception.
final class IdlingReader<T> extends KafkaReaderWrapper<T> {
  private ReaderOutput<T> output; // null before the first poll; always the same
  private boolean hasPartitions;
  private boolean isTold;
  private boolean isIdle;

  IdlingReader(SourceReader<T, KafkaPartitionSplit> reader) {
    super(reader);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> given) throws Exception {
    if (output == null) {
      output = given;
      update();
    }
    return super.pollNext(given);
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    hasPartitions |= !splits.isEmpty();
    update();
    super.addSplits(splits);
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof PartitionsAssigned) {
      isTold = true;
      update();
    } else {
      super.handleSourceEvents(event);
    }
  }

  private void update() {
    boolean idles = isTold && !hasPartitions;
    if (output != null && idles != isIdle) {
      isIdle = idles;
      if (idles) {
        output.markIdle();
      } else {
        output.markActive();
      }
    }
  }
}
