package dev.sluice.kafka;

import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.reader.KafkaPartitionSplitReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what Kafka's does, and takes it when a partition is to be paused that is at its end by
 * now: the consumer has been relieved of it, and throws. Who asks knows of the end only once all
 * records before it have been handed over.
 */
@SuppressWarnings("try") // Flink's interface lets close() throw any exception.
final class PausableSplitReader extends KafkaPartitionSplitReader {
  private static final Logger LOG = LoggerFactory.getLogger(PausableSplitReader.class);

  PausableSplitReader(
      Properties properties, SourceReaderContext context, KafkaSourceReaderMetrics metrics) {
    super(properties, context, metrics);
  }

  @Override
  public void pauseOrResumeSplits(
      Collection<KafkaPartitionSplit> toPause, Collection<KafkaPartitionSplit> toResume) {
    for (KafkaPartitionSplit split : toResume) {
      unlessEnded(split, () -> super.pauseOrResumeSplits(List.of(), List.of(split)));
    }
    for (KafkaPartitionSplit split : toPause) {
      unlessEnded(split, () -> super.pauseOrResumeSplits(List.of(split), List.of()));
    }
  }

  private static void unlessEnded(KafkaPartitionSplit split, Runnable change) {
    try {
      change.run();
    } catch (IllegalStateException notAssigned) {
      LOG.debug("{} is at its end and neither paused nor resumed", split, notAssigned);
    }
  }
}
