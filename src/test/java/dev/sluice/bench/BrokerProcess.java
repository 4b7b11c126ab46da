package dev.sluice.bench;

import dev.sluice.cli.BrokerSettings;
import dev.sluice.cli.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A broker in a process of its own. Its files lie in memory where the machine has such a directory:
 * a disk that is still writing one contender's round would take from the next one's.
 */
public final class BrokerProcess implements AutoCloseable {
  private static final String READY = "bootstrap ";

  /** Where Linux keeps files in memory. */
  private static final Path MEMORY = Path.of("/dev/shm");

  /** What is deleted is gone soon, so that files in memory are those of one round. */
  private static final Map<String, String> SHORT_LIVED =
      Map.of(
          "log.segment.bytes", Integer.toString(64 << 20),
          "log.retention.check.interval.ms", "1000",
          "log.segment.delete.delay.ms", "1000");

  private final ChildProcess process;
  private final String bootstrapServers;

  private BrokerProcess(ChildProcess process, String bootstrapServers) {
    this.process = process;
    this.bootstrapServers = bootstrapServers;
  }

  static BrokerProcess start() throws IOException {
    List<String> jvm = new ArrayList<>(List.of("-Xmx1g"));
    if (Files.isWritable(MEMORY)) {
      jvm.add("-Djava.io.tmpdir=" + MEMORY);
    }
    ChildProcess process = ChildProcess.start("broker", jvm, BrokerProcess.class, List.of());
    try {
      return new BrokerProcess(process, process.await(READY));
    } catch (IOException e) {
      process.close();
      throw e;
    }
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() {
    process.close();
  }

  /** Runs the broker until standard input ends. */
  public static void main(String[] args) throws IOException {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(BrokerSettings.with(SHORT_LIVED))) {
      System.out.println(READY + kafka.bootstrapServers());
      while (System.in.read() >= 0) {
        // wait for the end
      }
    }
  }
}
