package dev.sluice.pipeline;

import static org.apache.flink.runtime.checkpoint.CheckpointFailureReason.NOT_ALL_REQUIRED_TASKS_RUNNING;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.util.ExceptionUtils;

/** A job that runs, which is cancelled at last if nobody has ended it. */
final class LiveJob implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final JobClient client;
  private boolean ended;

  LiveJob(JobClient client) {
    this.client = client;
  }

  /**
   * Stops the job with a savepoint, once all its tasks run: what one subtask has written says
   * nothing of the others.
   *
   * @param atTheEnd whether event time ends with it, so that all windows close
   * @return the savepoint
   */
  String stop(Path directory, boolean atTheEnd) throws Exception {
    List<String> savepoint = new ArrayList<>();
    Await.until(
        "the job's tasks run", PATIENCE, () -> savepoint.addAll(tryToStop(directory, atTheEnd)));
    client.getJobExecutionResult().get();
    ended = true;
    return savepoint.get(0);
  }

  /** Returns the savepoint; nothing where tasks are not running yet, and the job goes on. */
  private List<String> tryToStop(Path directory, boolean atTheEnd) throws Exception {
    try {
      return List.of(
          client
              .stopWithSavepoint(
                  atTheEnd, directory.toUri().toString(), SavepointFormatType.CANONICAL)
              .get());
    } catch (ExecutionException e) {
      boolean isEarly =
          ExceptionUtils.findThrowableWithMessage(e, NOT_ALL_REQUIRED_TASKS_RUNNING.message())
              .isPresent();
      if (!isEarly) {
        throw e;
      }
      return List.of();
    }
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
