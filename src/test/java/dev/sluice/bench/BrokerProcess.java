package dev.sluice.bench;

import dev.sluice.cli.BrokerSettings;
import dev.sluice.cli.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A broker in a process of its own. */
public final class BrokerProcess implements AutoCloseable {
  private static final String READY = "bootstrap ";
  private static final String DELETING = "deleting";

  /** Where Linux keeps files in memory. */
  private static final Path MEMORY = Path.of("/dev/shm");

  /** So many times what is there at a time: what is deleted is still there for a while. */
  private static final long ROOM = 4;

  /** So files in memory are those of one round and little more. */
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

  /** Starts a broker with its files on the disk. */
  static BrokerProcess start() throws IOException {
    return start(List.of(), List.of());
  }

  /**
   * Starts a broker with its files in memory, where there is room for them: a disk that is still
   * writing one contender's round would take from the next one's.
   *
   * @param bytes what is in its topics at a time, about
   */
  static BrokerProcess startInMemory(long bytes) throws IOException {
    boolean fits = Files.isWritable(MEMORY) && ROOM * bytes <= MEMORY.toFile().getUsableSpace();
    return fits
        ? start(List.of("-Djava.io.tmpdir=" + MEMORY), List.of(DELETING))
        : start(List.of(), List.of(DELETING));
  }

  private static BrokerProcess start(List<String> jvm, List<String> arguments) throws IOException {
    List<String> options = new ArrayList<>(List.of("-Xmx1g"));
    options.addAll(jvm);
    ChildProcess process = ChildProcess.start("broker", options, BrokerProcess.class, arguments);
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

  /**
   * Runs the broker until standard input ends.
   *
   * @param args {@value #DELETING} where what is deleted has to be gone soon
   */
  public static void main(String[] args) throws IOException {
    Map<String, String> settings = List.of(args).contains(DELETING) ? SHORT_LIVED : Map.of();
    try (EmbeddedKafka kafka = EmbeddedKafka.start(BrokerSettings.with(settings))) {
      System.out.println(READY + kafka.bootstrapServers());
      while (System.in.read() >= 0) {
        // wait for the end
      }
    }
  }
}
