package dev.sluice.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolThreadsTest {
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void endThreads() {
    end.countDown();
  }

  /** Starts a thread as a task of another job would have a pool make it. */
  private Thread start(String name, ClassLoader job) {
    Thread thread =
        new Thread(
            () -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            name);
    thread.setContextClassLoader(job);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Test
  void threadsOfPoolsForgetTheJobThatTheyWereMadeFor() throws Exception {
    try (URLClassLoader job = new URLClassLoader(new URL[0], JobID.class.getClassLoader())) {
      Thread cache = start("flink-file-cache-thread-3", job);
      Thread io = start("flink-taskexecutor-io-thread-1", job);
      Thread task = start("Source: features (1/4)#0", job);
      PoolThreads.forgetJobs();
      assertThat(cache.getContextClassLoader()).isSameAs(JobID.class.getClassLoader());
      assertThat(io.getContextClassLoader()).isSameAs(JobID.class.getClassLoader());
      assertThat(task.getContextClassLoader()).as("a running task's own").isSameAs(job);
    }
  }
}
