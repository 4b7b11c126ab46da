package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.cli.EmbeddedFlink;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The latency benchmark, small: that it measures, not what. */
class LatencyBenchmarkITCase {
  @TempDir Path directory;

  @Test
  void eachRecordIsAnsweredAndHasItsLatency() throws Exception {
    LatencyWorkload workload = new LatencyWorkload(directory);
    try (BrokerProcess broker = BrokerProcess.start();
        EmbeddedFlink flink = EmbeddedFlink.start(1, LatencyBenchmark.failFast())) {
      LatencyBenchmark benchmark =
          new LatencyBenchmark(flink, broker.bootstrapServers(), workload, 1);
      benchmark.findMaximum(5_000);
      benchmark.measure(BatchSetting.ADAPTIVE, 100, 1_000);
      benchmark.measure(BatchSetting.FIXED.get(1), 100);
      benchmark.report(directory);
      assertThat(benchmark.maximum()).isPositive();
      assertThat(benchmark.points())
          .extracting(point -> point.setting() + " " + point.records())
          .containsExactly("adaptive 100", "adaptive 1000", "fixed 50 ms 100");
    }
    JsonNode report = new ObjectMapper().readTree(directory.resolve("latency.json").toFile());
    assertThat(report.path("points")).hasSize(3);
    for (JsonNode point : report.path("points")) {
      double p50 = point.path("p50").asDouble();
      assertThat(p50).isPositive(); // an answer does not come before its record
      assertThat(point.path("p95").asDouble()).isGreaterThanOrEqualTo(p50);
      assertThat(point.path("p99").asDouble()).isLessThanOrEqualTo(point.path("max").asDouble());
    }
    // A hundred records a second do not fill a batch in 50 ms: the median row waits half of that.
    assertThat(report.path("points").get(2).path("p50").asDouble()).isGreaterThan(20);
    assertThat(Files.readString(directory.resolve("latency.svg")))
        .contains("<svg", "adaptive", "fixed 50 ms", "records per second");
  }
}
