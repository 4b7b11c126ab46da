package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.FreePorts;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;

class LocalClusterPortsTest {
  @RepeatedTest(200)
  void portsDifferAndNoOutgoingConnectionMayTakeThem() {
    LocalCluster.Ports ports = LocalCluster.Ports.free();

    assertThat(List.of(ports.rest(), ports.rpc(), ports.kafka(), ports.kafka() + 1))
        .doesNotHaveDuplicates()
        .allMatch(port -> port >= FreePorts.LOWEST && port < FreePorts.BEHIND);
  }
}
