package dev.sluice.cli.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesOfDayTest {
  private static final String KNOWN = "2013-03-01T05:30:00+08:00";

  private static final Schema MILLIS =
      LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));

  private static TimesOfDay knowing(Schema schema, String text, long instant) {
    TimesOfDay times = TimesOfDay.of(schema);
    times.know(text.toCharArray(), 0, text.length(), instant);
    return times;
  }

  private static long parse(TimesOfDay times, String text) {
    return times.parse(("x" + text + "x").toCharArray(), 1, 1 + text.length());
  }

  @Test
  void theTimesOfADayAreThoseOfTheCalendar() {
    TimesOfDay times = knowing(MILLIS, KNOWN, IsoTimes.parse(KNOWN).toEpochMilli());
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      String text =
          "2013-03-01T%02d:%02d:%02d+08:00"
              .formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60));
      assertThat(parse(times, text)).as(text).isEqualTo(IsoTimes.parse(text).toEpochMilli());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2013-03-01",
        "2013-03-02T05:30:00+08:00",
        "2013-03-01T05:30:00+09:00",
        "2013-03-01T05:30:00Z",
        "2013-03-01T05:30:00.5+08:00",
        "2013-03-01T24:30:00+08:00",
        "2013-03-01T05:60:00+08:00",
        "2013-03-01T05:30:60+08:00",
        "2013-03-01T05-30:00+08:00",
        "2013-03-01T05:30-00+08:00",
        "2013-03-01T0a:30:00+08:00",
        "2013-03-01T/5:30:00+08:00"
      })
  void othersAreLeftToTheCalendar(String text) {
    TimesOfDay times = knowing(MILLIS, KNOWN, 0);
    assertThat(parse(times, text)).isEqualTo(TimesOfDay.NONE);
  }

  @Test
  void atFirstAllIsLeftToTheCalendar() {
    assertThat(parse(TimesOfDay.of(MILLIS), "")).isEqualTo(TimesOfDay.NONE);
    assertThat(parse(TimesOfDay.of(MILLIS), KNOWN)).isEqualTo(TimesOfDay.NONE);
  }

  @Test
  void unitsAreThoseOfTheSchema() {
    Schema micros = LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
    Schema nanos = LogicalTypes.timestampNanos().addToSchema(Schema.create(Schema.Type.LONG));
    String later = "2013-03-01T05:30:02+08:00";
    assertThat(parse(knowing(MILLIS, KNOWN, 7), later)).isEqualTo(2_007);
    assertThat(parse(knowing(micros, KNOWN, 7), later)).isEqualTo(2_000_007);
    assertThat(parse(knowing(nanos, KNOWN, 7), later)).isEqualTo(2_000_000_007L);
    assertThat(parse(knowing(nanos, KNOWN, Long.MAX_VALUE - 1), later)).isEqualTo(TimesOfDay.NONE);
    assertThat(parse(knowing(Schema.create(Schema.Type.LONG), KNOWN, 7), later))
        .isEqualTo(TimesOfDay.NONE);
  }
}
