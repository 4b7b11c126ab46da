package dev.sluice.kafka;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;

/**
 * An enumerator that tells each reader once the splits that are there have been given out: those
 * that are registered then, and those that register later, after their splits.
 */
final class TellingEnumerator<S extends SourceSplit, C> implements SplitEnumerator<S, C> {
  private final SplitEnumerator<S, C> enumerator;
  private final DiscoveryContext<S> discovery;

  /**
   * @param enumerator was made with the context, and closed by this
   */
  TellingEnumerator(SplitEnumerator<S, C> enumerator, DiscoveryContext<S> discovery) {
    this.enumerator = requireNonNull(enumerator, "enumerator is null");
    this.discovery = requireNonNull(discovery, "discovery is null");
  }

  @Override
  public void start() {
    enumerator.start();
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    enumerator.handleSplitRequest(subtask, host);
  }

  @Override
  public void addSplitsBack(List<S> splits, int subtask) {
    enumerator.addSplitsBack(splits, subtask);
  }

  @Override
  public void addReader(int subtask) {
    enumerator.addReader(subtask);
    if (discovery.isOver()) {
      discovery.tell(subtask);
    }
  }

  @Override
  public C snapshotState(long checkpoint) throws Exception {
    return enumerator.snapshotState(checkpoint);
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    enumerator.notifyCheckpointComplete(checkpoint);
  }

  @Override
  public void notifyCheckpointAborted(long checkpoint) throws Exception {
    enumerator.notifyCheckpointAborted(checkpoint);
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    enumerator.handleSourceEvent(subtask, event);
  }

  @Override
  public void close() throws IOException {
    enumerator.close();
  }
}
