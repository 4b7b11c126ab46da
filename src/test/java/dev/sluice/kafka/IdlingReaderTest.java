package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class IdlingReaderTest {
  private static final SourceEvent OTHER = new SourceEvent() {};
  private static final List<KafkaPartitionSplit> SPLITS =
      List.of(new KafkaPartitionSplit(new TopicPartition("features", 0), 0));

  private final List<String> done = new ArrayList<>();
  private final IdlingReader<Integer> reader = new IdlingReader<>(new Recording());
  private final ReaderOutput<Integer> output = new RecordingOutput();

  /** Notes what it is given. */
  @SuppressWarnings("try") // Flink's interface lets close() throw any exception.
  private final class Recording implements SourceReader<Integer, KafkaPartitionSplit> {
    @Override
    public InputStatus pollNext(ReaderOutput<Integer> given) {
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
      done.add("splits");
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
      done.add("event");
    }

    @Override
    public void start() {}

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
      return List.of();
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }

  /** Notes how it is marked. */
  private final class RecordingOutput implements ReaderOutput<Integer> {
    @Override
    public void markIdle() {
      done.add("idle");
    }

    @Override
    public void markActive() {
      done.add("active");
    }

    @Override
    public void collect(Integer number) {}

    @Override
    public void collect(Integer number, long timestamp) {}

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public SourceOutput<Integer> createOutputForSplit(String split) {
      return this;
    }

    @Override
    public void releaseOutputForSplit(String split) {}
  }

  @Test
  void isIdleOnceItIsToldThatNoneIsForIt() throws Exception {
    reader.pollNext(output);
    assertThat(done).as("a partition may be on its way").isEmpty();
    reader.handleSourceEvents(new PartitionsAssigned());
    reader.pollNext(output);
    reader.handleSourceEvents(new PartitionsAssigned());
    assertThat(done).containsExactly("idle");
  }

  @Test
  void isIdleFromTheFirstPollWhereItIsToldBefore() throws Exception {
    reader.handleSourceEvents(new PartitionsAssigned());
    reader.addSplits(List.of());
    assertThat(done).containsExactly("splits");
    reader.pollNext(output);
    assertThat(done).containsExactly("splits", "idle");
  }

  @Test
  void isActiveBeforeItReadsAPartitionThatIsAddedAndNeverIdleAgain() throws Exception {
    reader.pollNext(output);
    reader.handleSourceEvents(new PartitionsAssigned());
    reader.addSplits(SPLITS);
    reader.addSplits(List.of());
    reader.handleSourceEvents(new PartitionsAssigned());
    reader.pollNext(output);
    assertThat(done).containsExactly("idle", "active", "splits", "splits");
  }

  @Test
  void isNeverIdleWithAPartition() throws Exception {
    reader.addSplits(SPLITS); // restored
    reader.pollNext(output);
    reader.handleSourceEvents(new PartitionsAssigned());
    reader.pollNext(output);
    assertThat(done).containsExactly("splits");
  }

  @Test
  void otherEventsAreNotItsAffair() {
    reader.handleSourceEvents(OTHER);
    assertThat(done).containsExactly("event");
  }
}
