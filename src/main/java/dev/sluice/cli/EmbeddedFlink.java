package dev.sluice.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A real Flink cluster in this process, with Flink's web UI on a free port of the loopback
 * interface. Jobs are submitted to it over that port as to any cluster, so that they are serialized
 * and started as elsewhere. Its temporary directory is deleted on closing.
 */
public final class EmbeddedFlink implements AutoCloseable {
  private final MiniCluster cluster;
  private final Configuration configuration;
  private final URI webUrl;
  private final Path directory;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedFlink(
      MiniCluster cluster, Configuration configuration, URI webUrl, Path directory) {
    this.cluster = cluster;
    this.configuration = configuration;
    this.webUrl = webUrl;
    this.directory = directory;
  }

  /** Starts a cluster with so many slots, which is also the default parallelism. */
  public static EmbeddedFlink start(int slots) {
    return start(slots, new Configuration());
  }

  /**
   * Starts a cluster.
   *
   * @param slots the number of task slots and the default parallelism
   * @param overrides settings of Flink that win over those made here
   */
  public static EmbeddedFlink start(int slots, Configuration overrides) {
    Path directory = Directories.temporary("sluice-flink-");
    Configuration configuration = configuration(slots, directory);
    configuration.addAll(overrides);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    try {
      cluster.start();
      EmbeddedFlink started =
          new EmbeddedFlink(cluster, configuration, cluster.getRestAddress().get(), directory);
      Directories.closeAtExit(started);
      return started;
    } catch (Exception e) {
      cluster.closeAsync().join();
      Directories.delete(directory);
      throw new IllegalStateException("the embedded Flink cluster does not start", e);
    }
  }

  private static Configuration configuration(int slots, Path directory) {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(JobManagerOptions.ADDRESS, "127.0.0.1");
    configuration.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
    configuration.set(TaskManagerOptions.HOST, "127.0.0.1");
    configuration.set(TaskManagerOptions.BIND_HOST, "127.0.0.1");
    // Task managers look for the blob server at this host's own name: let them need none.
    configuration.set(BlobServerOptions.OFFLOAD_MINSIZE, Integer.MAX_VALUE);
    configuration.set(WebOptions.SUBMIT_ENABLE, false);
    configuration.set(WebOptions.REFRESH_INTERVAL, Duration.ofSeconds(1));
    configuration.set(WebOptions.TMP_DIR, directory.toString());
    configuration.set(CoreOptions.TMP_DIRS, directory.toString());
    configuration.set(BlobServerOptions.STORAGE_DIRECTORY, directory.resolve("blobs").toString());
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, slots);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(32));
    configuration.set(TaskManagerOptions.TASK_OFF_HEAP_MEMORY, MemorySize.ofMebiBytes(1024));
    configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofSeconds(2));
    return configuration;
  }

  /** Returns a copy of the cluster's configuration. */
  public Configuration configuration() {
    return new Configuration(configuration);
  }

  /** Returns the address of the web UI and the REST API, without a slash at its end. */
  public String webUrl() {
    return webUrl.toString();
  }

  /** Returns a new environment whose jobs run on this cluster. */
  public StreamExecutionEnvironment environment() {
    Configuration client = configuration();
    client.set(DeploymentOptions.TARGET, "remote");
    client.set(DeploymentOptions.ATTACHED, true);
    client.set(RestOptions.ADDRESS, webUrl.getHost());
    client.set(RestOptions.PORT, webUrl.getPort());
    return new StreamExecutionEnvironment(client);
  }

  /**
   * Cancels what runs, stops the cluster and deletes its temporary directory; at the latest when
   * the process exits.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      cluster.close();
    } catch (Exception e) {
      throw new IllegalStateException("the embedded Flink cluster does not stop", e);
    } finally {
      Directories.delete(directory);
      Directories.closed(this);
    }
  }
}
