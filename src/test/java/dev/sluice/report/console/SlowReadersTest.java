package dev.sluice.report.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Those who ask and do not take the answer hold up nobody for long. */
@Timeout(60)
class SlowReadersTest {
  /** More than the server has threads. */
  private static final int DEAF = 40;

  @Test
  void whoDoesNotReadHoldsUpNobody() throws Exception {
    byte[] large = new byte[6 << 20]; // more than the kernel takes for both sides
    List<Socket> deaf = new ArrayList<>();
    try (ConsoleServer server =
        ConsoleServer.start(
            ConsoleSettings.loopback(),
            Map.of("/api/large", (query, out) -> out.write(large)),
            new Changes(),
            Duration.ofSeconds(1))) {
      for (int i = 0; i < DEAF; i++) {
        deaf.add(ask(server.port(), "/api/large"));
      }
      HttpRequest health =
          HttpRequest.newBuilder(URI.create(server.address() + "healthz"))
              .timeout(Duration.ofSeconds(40))
              .build();
      assertThat(HttpClient.newHttpClient().send(health, BodyHandlers.ofString()).body())
          .isEqualTo("ok\n");
      assertThat(deaf.get(0).getInputStream().readAllBytes().length)
          .as("what came until it was cut off")
          .isLessThan(large.length);
    } finally {
      for (Socket socket : deaf) {
        socket.close();
      }
    }
  }

  private static Socket ask(int port, String path) throws Exception {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(2048);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket
        .getOutputStream()
        .write(
            ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  @Test
  void aStepThatLastsTooLongEndsAndOthersDoNot() throws Exception {
    WriteWatch patient = new WriteWatch(Duration.ofMinutes(1));
    WriteWatch watch = new WriteWatch(Duration.ofMillis(300));
    Pipe pipe = Pipe.open();
    try (OutputStream out = Channels.newOutputStream(pipe.sink())) {
      Thread clock =
          new Thread(
              () -> {
                while (pipe.sink().isOpen()) {
                  patient.dropStuck();
                  watch.dropStuck();
                  Thread.onSpinWait();
                }
              });
      clock.start();
      patient.write(() -> out.write(1));
      watch.write(() -> out.write(2));
      assertThatThrownBy(() -> watch.write(() -> out.write(new byte[4 << 20])))
          .isInstanceOf(ClosedByInterruptException.class);
      assertThat(Thread.interrupted()).isTrue();
      clock.join();
    } finally {
      pipe.source().close();
    }
  }
}
