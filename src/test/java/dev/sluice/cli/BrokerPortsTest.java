package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BrokerPortsTest {
  @Test
  void noPortIsOneThatAnOutgoingConnectionMayTake() {
    BrokerSettings settings =
        new BrokerSettings(
            Optional.empty(), 0, Map.of("listeners", "{port:ONE},{port:TWO}"), List.of());
    BrokerPorts ports = BrokerPorts.free(settings);

    assertThat(List.of(ports.client(), ports.controller(), ports.of("ONE"), ports.of("TWO")))
        .doesNotHaveDuplicates()
        .allMatch(port -> port >= FreePorts.LOWEST && port < FreePorts.BEHIND);
  }
}
