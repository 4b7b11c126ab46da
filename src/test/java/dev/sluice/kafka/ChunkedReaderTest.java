package dev.sluice.kafka;

import static org.apache.flink.core.io.InputStatus.END_OF_INPUT;
import static org.apache.flink.core.io.InputStatus.MORE_AVAILABLE;
import static org.apache.flink.core.io.InputStatus.NOTHING_AVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.Test;

class ChunkedReaderTest {
  private final Queue<InputStatus> statuses = new ArrayDeque<>();
  private final List<Integer> given = new ArrayList<>();

  /** Says a status per poll, and gives a number with each that says that there are more. */
  @SuppressWarnings("try") // Flink's interface lets close() throw any exception.
  private final class Scripted implements SourceReader<Integer, KafkaPartitionSplit> {
    @Override
    public InputStatus pollNext(ReaderOutput<Integer> output) {
      InputStatus status = statuses.remove();
      if (status == MORE_AVAILABLE) {
        output.collect(given.size());
      }
      return status;
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
    public void addSplits(List<KafkaPartitionSplit> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }

  private InputStatus poll() throws Exception {
    return new ChunkedReader<>(new Scripted()).pollNext(new CollectedOutput<>(given));
  }

  @Test
  void handsOverAChunkAtATime() throws Exception {
    statuses.addAll(Collections.nCopies(100, MORE_AVAILABLE));

    assertThat(poll()).isEqualTo(MORE_AVAILABLE);

    assertThat(given).hasSize(ChunkedReader.CHUNK);
    assertThat(statuses).hasSize(100 - ChunkedReader.CHUNK);
  }

  @Test
  void stopsWhereNothingIsThere() throws Exception {
    statuses.addAll(List.of(MORE_AVAILABLE, MORE_AVAILABLE, NOTHING_AVAILABLE, MORE_AVAILABLE));

    assertThat(poll()).isEqualTo(NOTHING_AVAILABLE);

    assertThat(given).hasSize(2);
    assertThat(statuses).containsExactly(MORE_AVAILABLE);
  }

  @Test
  void saysTheEndOnce() throws Exception {
    statuses.addAll(List.of(MORE_AVAILABLE, END_OF_INPUT));

    assertThat(poll()).isEqualTo(END_OF_INPUT);

    assertThat(given).hasSize(1);
    assertThat(statuses).isEmpty();
  }
}
