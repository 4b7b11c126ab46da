package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark over a few thousand records: that its parts are there and sum up. */
class AllocationBenchmarkITCase {
  private static final long RECORDS = 20_000;
  private static final int VALUE = 6 + 30 * Float.BYTES;

  @TempDir private Path directory;

  @Test
  void thePartsAreThereAndSumUp() throws Exception {
    AllocationReport report;
    try (BrokerProcess broker = BrokerProcess.start()) {
      report = new AllocationBenchmark(directory, broker.bootstrapServers()).run(RECORDS);
    }

    double parts = Arrays.stream(Allocator.values()).mapToDouble(report::of).sum();
    assertThat(parts + report.unsampled()).isCloseTo(report.total(), within(0.01));
    assertThat(report.total()).isGreaterThan(2 * VALUE); // the value, and the prediction's
    JsonNode written = new ObjectMapper().readTree(directory.resolve("allocation.json").toFile());
    assertThat(written.at("/total").asDouble()).isCloseTo(report.total(), within(0.01));
    assertThat(written.at("/allocators")).hasSize(Allocator.values().length + 1);
    assertThat(written.at("/met").asBoolean()).isEqualTo(report.isGoalMet());
  }
}
