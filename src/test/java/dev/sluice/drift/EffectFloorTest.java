package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.profile.BlockVariation;
import dev.sluice.profile.ColumnProfile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectFloorTest {
  private static final ColumnProfile COLUMN = Samples.counts(0, 1, 1);

  private static double floor(Duration window, BlockVariation... variation) {
    ColumnProfile whole = COLUMN.withVariation(List.of(variation));
    return EffectFloor.of(
        new Evidence(
            new Reference("season 07", COLUMN, whole),
            COLUMN,
            window,
            new DriftRule(0.1, 0.01, 100)));
  }

  private static BlockVariation blocks(int hours, double psi) {
    return new BlockVariation(Duration.ofHours(hours), 50, psi, 0, 0);
  }

  @Test
  void withoutVariationItIsWhatIsAskedFor() {
    assertThat(floor(Duration.ofDays(1))).isEqualTo(0.1);
  }

  /** Of a day 3, of a week 1: the longest blocks count that the window has nine tenths of. */
  @ParameterizedTest
  @CsvSource({
    "24, 3",
    "48, 1.5",
    "151, 0.476821192052980",
    "152, 1.105263157894737",
    "167, 1.005988023952096",
    "168, 1",
    "720, 0.2333333333333333",
    "8760, 0.1",
    "12, 6",
  })
  void theOwnVariationIsAveragedOverTheWindow(int hours, double expected) {
    assertThat(floor(Duration.ofHours(hours), blocks(24, 3), blocks(168, 1)))
        .isCloseTo(expected, within(1e-12));
  }

  /** In Berlin on 26 March 2023 and in the week that ends with it, and on 29 October. */
  @ParameterizedTest
  @CsvSource({"23, 2.086956521739131", "24, 2", "25, 1.92", "167, 1.005988023952096", "168, 1"})
  void aDayOnWhichTheClocksChangeIsADay(int hours, double expected) {
    assertThat(floor(Duration.ofHours(hours), blocks(1, 6), blocks(24, 2), blocks(168, 1)))
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void itIsAFiniteNumberHoweverLargeTheVariation() {
    assertThat(floor(Duration.ofHours(1), blocks(24, Double.MAX_VALUE)))
        .isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void neverLessThanIsAskedFor() {
    assertThat(floor(Duration.ofDays(1), blocks(24, 0.0999))).isEqualTo(0.1);
    assertThat(floor(Duration.ofDays(1), blocks(24, 0.1001))).isEqualTo(0.1001);
  }
}
