package dev.sluice.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;

/** A job of Flink that runs until it is closed. */
final class RunningJob implements AutoCloseable {
  private final JobClient job;
  // Asked for once: each question to a JobClient makes a REST client with its threads.
  private final CompletableFuture<JobExecutionResult> result;

  RunningJob(JobClient job) {
    this.job = job;
    this.result = job.getJobExecutionResult();
  }

  /**
   * @throws Exception if it runs no more: why
   */
  void requireRunning() throws Exception {
    if (result.isDone()) {
      result.get();
      throw new IllegalStateException("the job has ended, expected it to go on");
    }
  }

  /** Cancels it and waits until it has ended; until then it still looks at its topics. */
  @Override
  public void close() {
    try {
      if (!result.isDone()) {
        job.cancel().get();
      }
      result.handle((ended, cancelled) -> ended).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the job does not end", e);
    }
  }
}
