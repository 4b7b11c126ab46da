package dev.sluice.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One cluster of processes, with two TaskManagers, for all tests that break none of them; started
 * at its first use, since that takes longer than most of them.
 */
final class SharedCluster implements BeforeAllCallback {
  /**
   * The JDK caches what it knows of classes by soft references, which keep the classes of a job
   * that has ended until memory runs short: nothing that tests can tell from a leak.
   */
  private static final String NO_SOFT_REFERENCES = "-XX:SoftRefLRUPolicyMSPerMB=0";

  private static LocalCluster cluster;
  private static Path directory;

  /** Stops it at the end of the run. */
  private static final class Stop implements AutoCloseable {
    @Override
    public void close() throws IOException {
      cluster.close();
      List<Path> all;
      try (Stream<Path> files = Files.walk(directory)) {
        all = files.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path file : all) {
        Files.delete(file);
      }
    }
  }

  static boolean canRun() {
    return Files.isRegularFile(Path.of("target/sluice-job.jar"));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedCluster.class))
        .computeIfAbsent(Stop.class, key -> start());
  }

  private static Stop start() {
    try {
      directory = Files.createTempDirectory("sluice-cluster-");
      cluster =
          LocalCluster.startWith(Map.of("JAVA_TOOL_OPTIONS", NO_SOFT_REFERENCES), directory, 2);
      awaitPromptBroker();
      return new Stop();
    } catch (Exception e) {
      throw new IllegalStateException("the cluster does not start", e);
    }
  }

  /**
   * On a busy machine a broker that has just started may not answer in the time that jobs allow.
   */
  private static void awaitPromptBroker() throws Exception {
    try (Admin admin = Ends.admin(cluster)) {
      LocalCluster.await(
          "an answer of the broker within a second",
          () -> {
            long asked = System.nanoTime();
            admin.listTopics().names().get();
            return System.nanoTime() - asked < TimeUnit.SECONDS.toNanos(1);
          });
    }
  }

  LocalCluster cluster() {
    return cluster;
  }

  ClusterJobs jobs() {
    return new ClusterJobs(cluster);
  }
}
