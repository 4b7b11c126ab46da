package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.cli.console.LiveConsole;
import dev.sluice.config.KafkaOptions;
import dev.sluice.report.console.ConsoleSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The embedded servers are heard on this machine only. */
class LoopbackITCase {
  private Set<String> before;

  @BeforeEach
  void look() throws IOException {
    assumeTrue(ListeningSockets.areKnown(), "no /proc/net/tcp");
    try (ServerSocket wide = new ServerSocket()) {
      wide.bind(new InetSocketAddress("0.0.0.0", 0));
      assumeTrue(!ListeningSockets.beyondLoopback().isEmpty(), "/proc does not tell of sockets");
    }
    before = ListeningSockets.beyondLoopback();
  }

  private void nothingIsHeardOutside(long loopbackBefore) throws IOException {
    assertThat(ListeningSockets.onLoopback()).isGreaterThan(loopbackBefore);
    Set<String> added = ListeningSockets.beyondLoopback();
    added.removeAll(before);
    assertThat(added).isEmpty();
  }

  @Test
  void flink() throws Exception {
    long loopback = ListeningSockets.onLoopback();
    try (EmbeddedFlink flink = EmbeddedFlink.start(2)) {
      StreamExecutionEnvironment environment = flink.environment();
      environment.fromSequence(1, 10).rebalance().sinkTo(new DiscardingSink<>());
      environment.execute("count to ten");
      nothingIsHeardOutside(loopback);
    }
  }

  @Test
  void kafka() throws Exception {
    long loopback = ListeningSockets.onLoopback();
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      assertThat(kafka.bootstrapServers()).startsWith("127.0.0.1:");
      nothingIsHeardOutside(loopback);
    }
  }

  @Test
  void console() throws Exception {
    long loopback = ListeningSockets.onLoopback();
    KafkaOptions nobody =
        KafkaOptions.from(Configuration.fromMap(Map.of("kafka.bootstrap-servers", "127.0.0.1:1")));
    LiveConsole.Knowledge nothing =
        new LiveConsole.Knowledge(List.of(), Optional.empty(), Optional.empty());
    try (LiveConsole console =
        LiveConsole.start(ConsoleSettings.of("localhost", 0, Optional.empty()), nobody, nothing)) {
      assertThat(console.url()).startsWith("http://127.0.0.1:");
      nothingIsHeardOutside(loopback);
    }
  }
}
