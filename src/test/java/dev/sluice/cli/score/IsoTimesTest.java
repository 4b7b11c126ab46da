package dev.sluice.cli.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with Java's own parsing. */
class IsoTimesTest {
  @Test
  void agreesWithJava() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      OffsetDateTime time =
          Instant.ofEpochSecond(random.nextLong(-62_000_000_000L, 253_000_000_000L))
              .atOffset(ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60 + 1)));
      check(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX").format(time));
    }
  }

  private static void check(String text) {
    assertThat(IsoTimes.parse(text)).as(text).isEqualTo(OffsetDateTime.parse(text).toInstant());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2013-03-01T00:00:00+08:00",
        "2013-03-01T00:00:00-08:30",
        "2013-03-01T23:59:59Z",
        "2013-03-01T00:00:00.25+08:00",
        "2013-03-01T00:00+08:00",
        "2013-03-01T00:00Z",
        "2013-03-01T00:00:00+18:00",
        "2012-02-29t12:00:00z"
      })
  void takesWhatJavaTakes(String text) {
    check(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2013-02-29T00:00:00Z",
        "2013-03-01T25:00:00Z",
        "2013-03-01T00:60:00Z",
        "2013-03-01T00:00:00+18:01",
        "2013-03-01T00:00:00+08:60",
        "2013-03-01T00:00:00 08:00",
        "2013-03-01 00:00:00Z",
        "2013-03-01",
        ""
      })
  void refusesWhatJavaRefuses(String text) {
    assertThatThrownBy(() -> IsoTimes.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
