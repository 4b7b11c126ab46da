package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsTest {
  @Test
  void aSilentBrokerIsOneErrorInBoundedTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + silent.getLocalPort();
      Instant start = Instant.now();
      try (Topics topics = Topics.connect(address)) {
        assertThatThrownBy(() -> topics.require(List.of("features", "predictions")))
            .isInstanceOf(TopicException.class)
            .hasMessage(
                "no broker at "
                    + address
                    + " answered within 10 s to the client; check kafka.bootstrap-servers, and"
                    + " whether the listener there speaks PLAINTEXT, as"
                    + " kafka.properties.security.protocol says");
      }
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void anUnknownHostIsNamed() {
    assertThatThrownBy(() -> Topics.connect("no-such-host.invalid:9092").close())
        .isInstanceOf(TopicException.class)
        .hasMessage(
            "no broker at no-such-host.invalid:9092 is found by the client: no such host is known;"
                + " check kafka.bootstrap-servers");
  }
}
