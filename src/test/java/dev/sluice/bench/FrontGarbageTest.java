package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.wide.WideInstructions;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Skipped where there are no wide instructions. */
class FrontGarbageTest {
  /**
   * @param option with the first the JIT compiler inlines what it has compiled before, as it does
   *     else where methods get hot in an unlucky order; with the other it compiles as soon as they
   *     do
   */
  @ParameterizedTest
  @ValueSource(strings = {"-XX:InlineSmallCode=100000", "-Xbatch"})
  void noValueBecomesAnObjectInWhateverOrderMethodsAreCompiled(String option) throws Exception {
    assumeThat(NumberStatistics.instructions()).startsWith("eight at once");
    List<String> jvm = List.of(option, "-Xmx1g", "--add-modules=" + WideInstructions.MODULE);
    try (ChildProcess child = ChildProcess.start("front", jvm, FrontGarbage.class, List.of())) {
      assertThat(Double.parseDouble(child.await(FrontGarbage.ANSWER)))
          .isLessThan(FrontGarbage.NEXT_TO_NONE);
    }
  }
}
