package dev.sluice.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.record.ElementType;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.TensorBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputDifferenceTest {
  private final OutputDifference difference = new OutputDifference("y");

  private static OutputTensor numbers(double... values) {
    TensorBuffer buffer = new TensorBuffer(ElementType.DOUBLE, 1, values.length);
    for (int i = 0; i < values.length; i++) {
      buffer.setNumber(i, values[i]);
    }
    return new OutputTensor("y", List.of(), buffer);
  }

  private static OutputTensor label(long value) {
    TensorBuffer buffer = new TensorBuffer(ElementType.INT64, 1, 1);
    buffer.setLong(0, value);
    return new OutputTensor("y", List.of(), buffer);
  }

  private static OutputTensor scores(Map<String, Double> scores) {
    TensorBuffer buffer = new TensorBuffer(ElementType.SCORES, 1, 1);
    buffer.setScores(0, scores);
    return new OutputTensor("y", List.of(), buffer);
  }

  @Test
  void theLargestDifferencesAreKept() {
    difference.add(numbers(0.5, 1000), numbers(0.501, 1000.5), 2);

    assertThat(difference.absolute()).isCloseTo(0.5, within(1e-12));
    assertThat(difference.relative()).isCloseTo(0.001, within(1e-12));
    assertThat(difference.agrees(0.0011)).isTrue();
    assertThat(difference.agrees(0.0009)).isFalse();
  }

  @Test
  void rowsBeyondTheBatchAreNotRead() {
    difference.add(numbers(1, 2), numbers(1, 3), 1);
    assertThat(difference.agrees(0)).isTrue();
  }

  @Test
  void specialNumbersAreEqualToThemselvesAlone() {
    double nan = Double.NaN;
    double infinity = Double.POSITIVE_INFINITY;
    difference.add(numbers(nan, infinity), numbers(nan, infinity), 2);
    assertThat(difference.agrees(0)).isTrue();
    difference.add(numbers(nan), numbers(1), 1);
    assertThat(difference.agrees(1e9)).isFalse();
  }

  @Test
  void labelsHaveToBeEqual() {
    difference.add(label(1), label(1), 1);
    assertThat(difference.agrees(0)).isTrue();
    difference.add(label(1), label(2), 1);
    assertThat(difference.agrees(10)).isFalse();
    assertThat(difference.unequal()).isEqualTo(1);
  }

  @Test
  void scoresAreComparedByLabel() {
    difference.add(scores(Map.of("a", 0.25, "b", 0.75)), scores(Map.of("a", 0.3, "b", 0.7)), 1);
    assertThat(difference.absolute()).isCloseTo(0.05, within(1e-12));
    assertThat(difference.agrees(0.1)).isTrue();
    difference.add(scores(Map.of("a", 1.0)), scores(Map.of("c", 1.0)), 1);
    assertThat(difference.agrees(0.1)).isFalse();
  }
}
