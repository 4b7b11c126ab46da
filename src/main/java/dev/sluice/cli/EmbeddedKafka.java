package dev.sluice.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka broker in this process: one node, broker and controller in one, on free ports of the
 * loopback interface. Transactions work; topics are created only when asked to. For demos and
 * tests: it has no replicas and trusts everybody on this machine.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final int ATTEMPTS = 3;

  private final KafkaRaftServer server;
  private final BrokerPorts ports;
  private final Path directory;
  private final boolean temporary;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedKafka(
      KafkaRaftServer server, BrokerPorts ports, Path directory, boolean temporary) {
    this.server = server;
    this.ports = ports;
    this.directory = directory;
    this.temporary = temporary;
  }

  /** Starts a broker in a temporary directory, which closing deletes. */
  public static EmbeddedKafka start() {
    return start(BrokerSettings.with(Map.of()));
  }

  /**
   * Starts a broker in a directory, which stays: a broker that was there before finds its topics
   * again, though on other ports.
   */
  public static EmbeddedKafka start(Path directory) {
    return start(new BrokerSettings(Optional.of(directory), 0, Map.of(), List.of()));
  }

  /** Starts a broker; a temporary directory is deleted when it is closed. */
  public static EmbeddedKafka start(BrokerSettings settings) {
    if (settings.directory().isPresent()) {
      return start(settings, settings.directory().get(), false);
    }
    Path directory = Directories.temporary("sluice-kafka-");
    try {
      return start(settings, directory, true);
    } catch (RuntimeException e) {
      Directories.delete(directory);
      throw e;
    }
  }

  private static EmbeddedKafka start(BrokerSettings settings, Path directory, boolean temporary) {
    for (int attempt = 1; ; attempt++) {
      BrokerPorts ports = BrokerPorts.free(settings);
      Properties properties = properties(directory, ports.client(), ports.controller());
      settings.properties().forEach((key, value) -> properties.setProperty(key, ports.in(value)));
      try {
        format(directory, properties, settings.formatArguments());
        KafkaRaftServer server =
            new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        start(server);
        EmbeddedKafka started = new EmbeddedKafka(server, ports, directory, temporary);
        Directories.closeAtExit(started);
        return started;
      } catch (RuntimeException e) {
        // Another process may have taken a port since it was found free.
        if (attempt == ATTEMPTS) {
          throw new IllegalStateException("the embedded broker does not start in " + directory, e);
        }
      }
    }
  }

  private static void start(KafkaRaftServer server) {
    try {
      server.startup();
    } catch (RuntimeException e) {
      server.shutdown();
      throw e;
    }
  }

  private static void format(Path directory, Properties properties, List<String> more) {
    if (Files.exists(directory.resolve("data").resolve("meta.properties"))) {
      return;
    }
    Path file = directory.resolve("server.properties");
    try {
      Files.createDirectories(directory);
      try (Writer writer = Files.newBufferedWriter(file)) {
        properties.store(writer, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    List<String> arguments =
        new ArrayList<>(
            List.of("format", "--cluster-id", Uuid.randomUuid().toString(), "--config", "" + file));
    arguments.addAll(more);
    int status =
        StorageTool.execute(
            arguments.toArray(String[]::new),
            new PrintStream(output, true, StandardCharsets.UTF_8));
    if (status != 0) {
      throw new IllegalStateException(
          "cannot format " + directory + ": " + output.toString(StandardCharsets.UTF_8));
    }
  }

  private static Properties properties(Path directory, int port, int controllerPort) {
    Properties properties = new Properties();
    properties.setProperty("process.roles", "broker,controller");
    properties.setProperty("node.id", "1");
    properties.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    properties.setProperty("controller.listener.names", "CONTROLLER");
    properties.setProperty(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    properties.setProperty("log.dirs", directory.resolve("data").toString());
    properties.setProperty("auto.create.topics.enable", "false");
    properties.setProperty("group.initial.rebalance.delay.ms", "0");
    properties.setProperty("offsets.topic.num.partitions", "1");
    properties.setProperty("offsets.topic.replication.factor", "1");
    properties.setProperty("transaction.state.log.num.partitions", "1");
    properties.setProperty("transaction.state.log.replication.factor", "1");
    properties.setProperty("transaction.state.log.min.isr", "1");
    properties.setProperty("share.coordinator.state.topic.num.partitions", "1");
    properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
    properties.setProperty("share.coordinator.state.topic.min.isr", "1");
    // The cleaner's default buffer alone is 128 MiB of heap.
    properties.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
    properties.setProperty("num.network.threads", "2");
    properties.setProperty("num.io.threads", "2");
    return properties;
  }

  /** Returns the broker's {@code host:port}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + ports.client();
  }

  /**
   * Returns the {@code host:port} of a listener of the settings, which has the port {@code
   * {port:NAME}} there.
   */
  public String address(String listener) {
    return "127.0.0.1:" + ports.of(listener);
  }

  /** Returns where the broker keeps its topics. */
  public Path directory() {
    return directory;
  }

  /**
   * Stops the broker and deletes its directory if that was a temporary one; at the latest when the
   * process exits.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    server.shutdown();
    server.awaitShutdown();
    if (temporary) {
      Directories.delete(directory);
    }
    Directories.closed(this);
  }
}
