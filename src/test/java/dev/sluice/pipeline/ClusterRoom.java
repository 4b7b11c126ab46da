package dev.sluice.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One cluster of processes for all test classes of a run, of two TaskManagers, started at its first
 * use. Where the right is there, the second TaskManager is at the far end of a link that can be
 * cut. Its logs stay in target/local-cluster.
 */
final class ClusterRoom implements BeforeAllCallback {
  private static final Path DIRECTORY = Path.of("target/local-cluster");

  private static LocalCluster cluster;
  private static NetworkLink link;
  private static String withoutLink;

  /** Stops the cluster at the end of the run. */
  private static final class Stop implements AutoCloseable {
    @Override
    public void close() throws IOException {
      cluster.close();
      delete(DIRECTORY.resolve("kafka")); // by far the largest part
      if (link != null) {
        link.close();
      }
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(ClusterRoom.class))
        .computeIfAbsent(Stop.class, key -> start());
  }

  private static Stop start() {
    try {
      link = NetworkLink.create();
    } catch (IOException e) {
      withoutLink = e.getMessage();
    }
    try {
      stopWhatIsLeft();
      delete(DIRECTORY);
      cluster = LocalCluster.start(DIRECTORY, 2, link);
      return new Stop();
    } catch (Exception e) {
      throw new IllegalStateException("no cluster: " + e.getMessage(), e);
    }
  }

  /** Stops what a run that was killed has left behind. */
  private static void stopWhatIsLeft() throws IOException {
    Command.run(
        Map.of("SLUICE_LOCAL", DIRECTORY.toAbsolutePath().toString()),
        Duration.ofSeconds(60),
        List.of("deploy/local/stop"));
  }

  private static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LocalCluster cluster() {
    return cluster;
  }

  /** Returns the link to the second TaskManager, empty where making one is not allowed. */
  Optional<NetworkLink> link() {
    return Optional.ofNullable(link);
  }

  /** Returns why there is no link, empty where there is one. */
  String withoutLink() {
    return withoutLink == null ? "" : withoutLink;
  }
}
