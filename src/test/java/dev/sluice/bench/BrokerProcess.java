package dev.sluice.bench;

import dev.sluice.cli.EmbeddedKafka;
import java.io.IOException;
import java.util.List;

/** A broker in a process of its own. */
public final class BrokerProcess implements AutoCloseable {
  private static final String READY = "bootstrap ";

  private final ChildProcess process;
  private final String bootstrapServers;

  private BrokerProcess(ChildProcess process, String bootstrapServers) {
    this.process = process;
    this.bootstrapServers = bootstrapServers;
  }

  static BrokerProcess start() throws IOException {
    ChildProcess process =
        ChildProcess.start("broker", List.of("-Xmx1g"), BrokerProcess.class, List.of());
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
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      System.out.println(READY + kafka.bootstrapServers());
      while (System.in.read() >= 0) {
        // wait for the end
      }
    }
  }
}
