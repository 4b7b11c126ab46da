package dev.sluice.infer;

import java.util.List;
import org.apache.flink.api.common.JobID;

/**
 * The threads of Flink's pools in a TaskManager. A pool makes its threads one by one, as tasks give
 * it work; a new thread inherits the class loader of the task that happened to be the one, and
 * keeps all classes of that job for as long as the process lives, 20 MiB each, up to the 18 threads
 * of these pools on two cores. Flink's own work needs no job's classes.
 */
final class PoolThreads {
  private static final List<String> POOLS =
      List.of("flink-file-cache-thread", "flink-taskexecutor-io-thread");

  private PoolThreads() {}

  /** Gives each of them the class loader of Flink, so that jobs that end leave no classes. */
  static void forgetJobs() {
    ClassLoader flink = JobID.class.getClassLoader();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      boolean ofPool = POOLS.stream().anyMatch(thread.getName()::startsWith);
      if (ofPool && thread.getContextClassLoader() != flink) {
        thread.setContextClassLoader(flink);
      }
    }
  }
}
