package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunLimitTest {
  private static final BatchSizes ANY = new BatchSizes(List.of());

  /** Batches that get through; returns the limit after them. */
  private static int after(RunLimit limit, int batches) {
    for (int i = 0; i < batches; i++) {
      limit.keep(256);
    }
    return limit.rows();
  }

  @Test
  void twiceAsManyAreTriedAgain() {
    RunLimit limit = new RunLimit(ANY, 256);
    assertThat(limit.halve(3)).isTrue();
    assertThat(after(limit, 1)).isEqualTo(1);

    assertThat(after(limit, RunLimit.FIRST_WAIT - 1)).isEqualTo(1);
    assertThat(after(limit, 1)).isEqualTo(2);
    assertThat(after(limit, RunLimit.FIRST_WAIT)).isEqualTo(4);
    assertThat(after(limit, 6 * RunLimit.FIRST_WAIT)).isEqualTo(256);
    assertThat(after(limit, 2 * RunLimit.FIRST_WAIT)).isEqualTo(256);
  }

  @Test
  void whatDoesNotFitAgainIsTriedLessOften() {
    RunLimit limit = new RunLimit(ANY, 8);
    int attempts = 0;
    limit.halve(8);
    after(limit, 1);
    for (int batch = 0; batch < 100 * RunLimit.FIRST_WAIT; batch++) {
      if (limit.rows() == 8) {
        attempts++;
        limit.halve(8);
      }
      limit.keep(8);
    }
    assertThat(attempts).isBetween(4, 7);
    assertThat(limit.rows()).isEqualTo(4);
  }

  @Test
  void fewRowsSayNothingAboutMany() {
    RunLimit limit = new RunLimit(ANY, 8);
    limit.halve(8);
    for (int batch = 0; batch < 10 * RunLimit.FIRST_WAIT; batch++) {
      limit.keep(3);
    }
    assertThat(limit.rows()).isEqualTo(4);
  }

  @Test
  void aRefusedRowTakesNothingAwayFromTheRest() {
    RunLimit limit = new RunLimit(ANY, 8);
    limit.halve(8);
    limit.restore();
    assertThat(after(limit, 1)).isEqualTo(8);
  }

  @Test
  void sizesThatTheModelTakesAreTried() {
    RunLimit limit = new RunLimit(new BatchSizes(List.of(1, 10, 100)), 100);
    limit.halve(3);
    assertThat(after(limit, 1)).isEqualTo(1);
    assertThat(after(limit, RunLimit.FIRST_WAIT)).isEqualTo(10);
    assertThat(after(limit, RunLimit.FIRST_WAIT)).isEqualTo(100);
    assertThat(limit.halve(1)).isFalse();
  }
}
