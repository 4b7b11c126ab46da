package dev.sluice.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodedRecordTest {
  private static final String MAX = "9223372036854775807";
  private static final String MIN = "-9223372036854775808";

  @ParameterizedTest
  @CsvSource({
    "1000, 1010, 10, false",
    "1000, 1011, 10, true",
    "1000, 1000, 0, false",
    "1000, 1001, 0, true",
    "0, " + MAX + ", 10, true",
    "-1, " + MAX + ", 10, false",
    "1000, " + MAX + ", " + MAX + ", false",
    "1000, " + MIN + ", 10, false",
    "-1, " + MIN + ", 0, false"
  })
  void knowsWhichEventTimesAreAhead(long kafka, long eventTime, long maxAhead, boolean ahead) {
    EncodedRecord record = new EncodedRecord("t", 0, 0, kafka, null, null, Header.NONE);
    assertThat(record.isAhead(eventTime, maxAhead, () -> Long.MAX_VALUE)).isEqualTo(ahead);
  }

  @ParameterizedTest
  @CsvSource({"1010, 10, false", "1011, 10, true", MIN + ", 0, false", MAX + ", 0, true"})
  void comparesWithTheClockWhereThereIsNoTimestamp(long eventTime, long maxAhead, boolean ahead) {
    EncodedRecord record = new EncodedRecord("t", 0, 0, -1, null, null, Header.NONE);
    assertThat(record.isAhead(eventTime, maxAhead, () -> 1000)).isEqualTo(ahead);
    assertThat(record.timestampOr(() -> 1000)).isEqualTo(1000);
  }
}
