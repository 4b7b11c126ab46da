package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.cli.EmbeddedFlink;
import dev.sluice.pipeline.Alone;
import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The latency benchmark, small: that it measures, not what. */
@ExtendWith(Alone.class)
class LatencyBenchmarkITCase {
  @TempDir Path directory;

  @Test
  void eachRecordIsAnsweredAndHasItsLatency() throws Exception {
    LatencyWorkload workload = new LatencyWorkload(directory);
    try (BrokerProcess broker = BrokerProcess.start();
        EmbeddedFlink flink = EmbeddedFlink.start(2, LatencyBenchmark.failFast())) {
      LatencyBenchmark benchmark =
          new LatencyBenchmark(flink, broker.bootstrapServers(), workload, 1);
      benchmark.findMaximum(2_000);
      benchmark.measure(List.of(BatchSetting.ADAPTIVE, BatchSetting.ALL.get(2)), 100);
      benchmark.report(directory);
      assertThat(benchmark.maximum()).isPositive();
      assertThat(benchmark.points())
          .extracting(point -> point.setting() + " " + point.records())
          .containsExactly("adaptive 100", "fixed 50 ms 100");
    }
    JsonNode report = new ObjectMapper().readTree(directory.resolve("latency.json").toFile());
    assertThat(report.path("points")).hasSize(2);
    for (JsonNode point : report.path("points")) {
      double p50 = point.path("p50").asDouble();
      assertThat(p50).isPositive(); // an answer does not come before its record
      assertThat(point.path("p95").asDouble()).isGreaterThanOrEqualTo(p50);
      assertThat(point.path("p99").asDouble()).isLessThanOrEqualTo(point.path("max").asDouble());
    }
    // A hundred records a second do not fill a batch in 50 ms: the median row waits half of that.
    assertThat(report.path("points").get(1).path("p50").asDouble()).isGreaterThan(20);
    assertThat(Files.readString(directory.resolve("latency.svg")))
        .contains("<svg", rgb(LatencyChart.COLOURS[0]), rgb(LatencyChart.COLOURS[1]))
        .doesNotContain(rgb(LatencyChart.COLOURS[2])); // letters are drawn, lines have a colour
  }

  private static String rgb(Color colour) {
    return "rgb(%d,%d,%d)".formatted(colour.getRed(), colour.getGreen(), colour.getBlue());
  }
}
