package dev.sluice.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One cluster of processes, with two TaskManagers, for all tests that break none of them; started
 * at its first use, since that takes longer than most of them.
 */
final class SharedCluster implements BeforeAllCallback {
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
      cluster = LocalCluster.start(directory, 2);
      return new Stop();
    } catch (Exception e) {
      throw new IllegalStateException("the cluster does not start", e);
    }
  }

  LocalCluster cluster() {
    return cluster;
  }

  ClusterJobs jobs() {
    return new ClusterJobs(cluster);
  }
}
