package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A short run of the simulation; its main method has the long one. */
class DriftSimulationTest {
  private static final DriftSimulation SIMULATION = new DriftSimulation(20_000, 11);

  /** Expected are 2 of 200 at most: 8 or more have a chance of one in a thousand. */
  @Test
  void significanceAloneIsRarelyWrong() {
    DriftSimulation.Result result = SIMULATION.judge(DriftSimulation.rule(0), 200, 2000, -1, 0);
    assertThat(result.drifted()).isLessThan(8);
  }

  @Test
  void withTheEffectFloorItIsNeverWrong() {
    assertThat(SIMULATION.judge(DriftSimulation.rule(0.1), 100, 2000, -1, 0).drifted()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void halfAStandardDeviationIsSeenInEveryWindow(int column) {
    DriftSimulation.Result result =
        SIMULATION.judge(DriftSimulation.rule(0.1), 20, 2000, column, 0.5);
    assertThat(result.seen()).isEqualTo(20);
    assertThat(result.falseColumns()).isZero();
  }
}
