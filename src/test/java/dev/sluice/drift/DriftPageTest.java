package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page about drift has every metric as the code has it. */
class DriftPageTest {
  private static final Path PAGE = Path.of("src/site/markdown/drift.md");

  private static List<List<String>> rows() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> Arrays.stream(line.split("(?<!\\\\)\\|")).map(String::strip).toList())
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void everyMetricHasARow(Metric metric) throws IOException {
    assertThat(rows())
        .filteredOn(row -> row.get(1).equals("`" + metric + "`"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.get(2).replace("\\|", "|")).isEqualTo(metric.formula());
              assertThat(row.get(3)).isEqualTo(metric.base().isEmpty() ? "-" : metric.base());
              assertThat(row.get(4)).isEqualTo(metric.root().isEmpty() ? "-" : metric.root());
              assertThat(row.get(5)).isNotEmpty();
              assertThat(row.get(6)).isNotEmpty();
            });
  }

  @Test
  void noRowIsOfAMetricThatIsNot() throws IOException {
    assertThat(rows()).hasSize(Metric.values().length);
  }

  @Test
  void theNumbersOfItsRulesAreThoseOfTheCode() throws IOException {
    assertThat(PopulationStability.SHARE_FLOOR).isEqualTo(1e-4);
    assertThat(Files.readString(PAGE))
        .contains("counts as 1e-4")
        .contains("k is " + LInfinity.DEEQU_COEFFICIENT)
        .contains("`significance`, " + SignificanceLevel.DEFAULT_LEVEL + " unless given");
  }
}
