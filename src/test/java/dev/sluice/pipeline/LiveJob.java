package dev.sluice.pipeline;

import java.nio.file.Path;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/** A job that runs, which is cancelled at last if nobody has ended it. */
final class LiveJob implements AutoCloseable {
  private final JobClient client;
  private boolean ended;

  LiveJob(JobClient client) {
    this.client = client;
  }

  /**
   * Stops the job with a savepoint.
   *
   * @param atTheEnd whether event time ends with it, so that all windows close
   * @return the savepoint
   */
  String stop(Path directory, boolean atTheEnd) throws Exception {
    String savepoint =
        client
            .stopWithSavepoint(
                atTheEnd, directory.toUri().toString(), SavepointFormatType.CANONICAL)
            .get();
    client.getJobExecutionResult().get();
    ended = true;
    return savepoint;
  }

  /** Waits for the end of a job that has one. */
  void awaitEnd() throws Exception {
    client.getJobExecutionResult().get();
    ended = true;
  }

  @Override
  public void close() {
    if (!ended) {
      client.cancel().join();
    }
  }
}
