package dev.sluice.kafka;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Fails the job as it starts, without a restart, which would change nothing. An enumerator that
 * cannot even be restored is another matter to Flink: where that happens before the job's scheduler
 * listens, the job runs on without one, and reads nothing.
 */
final class RefusingEnumerator<S extends SourceSplit, C> implements SplitEnumerator<S, C> {
  private final String problem;
  private final C state;

  /**
   * @param problem what, which, got, expected
   * @param state what it was restored from
   */
  RefusingEnumerator(String problem, C state) {
    this.problem = requireNonNull(problem, "problem is null");
    this.state = state;
  }

  @Override
  public void start() {
    throw new SuppressRestartsException(new IllegalStateException(problem));
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    // it has none
  }

  @Override
  public void addSplitsBack(List<S> splits, int subtask) {
    // the job fails
  }

  @Override
  public void addReader(int subtask) {
    // it has nothing to read
  }

  @Override
  public C snapshotState(long checkpointId) {
    return state;
  }

  @Override
  public void close() {
    // nothing is open
  }
}
