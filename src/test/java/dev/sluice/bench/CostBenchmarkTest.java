package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark at small sizes: that it measures what it says, not how long that takes. */
class CostBenchmarkTest {
  private static final int MAX_KIB = 512;

  @TempDir private Path directory;

  @Test
  void allCurvesAreMeasuredWrittenAndDrawn() throws Exception {
    CostBenchmark.Sizes sizes =
        new CostBenchmark.Sizes(
            List.of(3L, 40L),
            2_000,
            List.of(1L, 64L),
            List.of(10L, 3_000L),
            6_000,
            List.of(new GrownModel(8), new GrownModel(64)),
            List.of(1L, 30L));
    List<CostCurve> curves =
        new CostBenchmark(directory).run(sizes, new Rounds(2, 0, Duration.ZERO));

    assertThat(curves)
        .extracting(CostCurve::name)
        .containsExactly("columns", "batch", "distinct", "model", "segments");
    JsonNode written = new ObjectMapper().readTree(directory.resolve("cost.json").toFile());
    for (CostCurve curve : curves) {
      assertThat(curve.sizes()).isSorted().hasSize(2);
      for (CostSeries series : curve.series()) {
        JsonNode median = written.at("/" + curve.name() + "/series/" + series.name() + "/median");
        assertThat(median).as(series.name()).hasSize(2);
        if (!series.name().startsWith("memory")) { // pages that were freed before serve again
          assertThat(series.medians()).as(series.name()).allMatch(value -> value > 0);
        }
      }
    }
    BufferedImage drawn = ImageIO.read(directory.resolve("cost.png").toFile());
    assertThat(drawn.getWidth()).isEqualTo(2 * 2 * 480);
    assertThat(drawn.getHeight()).isEqualTo(2 * 3 * 320);
    CostSeries memory = curves.get(2).series().get(1);
    assertThat(memory.samples().stream().flatMap(List::stream))
        .as("KiB of statistics")
        .allMatch(kib -> kib > 0 && kib < MAX_KIB);
  }

  @Test
  void aHundredTimesTheWeights() {
    List<GrownModel> models = CostBenchmark.Sizes.full().models();
    assertThat(models.get(0).weights()).isEqualTo(30 * 64 + 64 + 64 * 32 + 32 + 32 + 1);
    assertThat((double) models.get(models.size() - 1).weights() / models.get(0).weights())
        .isBetween(100.0, 120.0);
  }
}
