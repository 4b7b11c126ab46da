package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.StartPosition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureSourceTest {
  /** The end would pass over all that is still there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "committed",
        "earliest",
        "latest",
        "timestamp:2026-01-31T00:00:00Z",
        "offsets:0=120"
      })
  void whereRecordsAreDeletedItGoesOnWithTheOldestThatThereIs(String start) {
    assertThat(
            FeatureSource.starts(StartPosition.parse(start), "features")
                .getAutoOffsetResetStrategy())
        .hasToString("earliest");
  }
}
