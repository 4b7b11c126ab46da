package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortsTest {
  @Test
  void portsAreHeldUntilItIsClosed() throws Exception {
    int[] ports;
    try (FreePorts free = FreePorts.everywhere()) {
      int first = free.next();
      int row = free.next(3);
      ports = new int[] {first, row, row + 1, row + 2};
      assertThat(ports).doesNotHaveDuplicates();
      for (int port : ports) {
        assertThatThrownBy(() -> listen(port)).isInstanceOf(BindException.class);
      }
    }
    for (int port : ports) {
      listen(port);
    }
  }

  @Test
  void noneIsOneThatAnOutgoingConnectionMayTake() {
    try (FreePorts free = FreePorts.onLoopback()) {
      assertThat(IntStream.range(0, 200).map(i -> free.next()))
          .doesNotHaveDuplicates()
          .allMatch(port -> port >= FreePorts.LOWEST && port < FreePorts.BEHIND);
    }
  }

  private static void listen(int port) throws Exception {
    new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
  }
}
