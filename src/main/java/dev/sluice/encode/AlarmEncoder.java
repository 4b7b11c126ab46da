package dev.sluice.encode;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.Alarm;
import dev.sluice.record.Header;
import dev.sluice.record.KafkaMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Writes alarms as records of {@code Alarm.avsc}, keyed by what they are about, so that the topic
 * can be compacted.
 */
public final class AlarmEncoder implements MapFunction<Alarm, KafkaMessage> {
  private static final long serialVersionUID = 1L;

  static {
    TrustedSchemas.register();
  }

  private final OutputFraming framing;

  /** Writes plain Avro binary. */
  public AlarmEncoder() {
    this(OutputFraming.NONE);
  }

  /**
   * @param framing what stands before each value
   */
  public AlarmEncoder(OutputFraming framing) {
    this.framing = requireNonNull(framing, "framing is null");
  }

  @Override
  public KafkaMessage map(Alarm alarm) {
    dev.sluice.avro.Alarm encoded =
        dev.sluice.avro.Alarm.newBuilder()
            .setKind(alarm.kind().name())
            .setSeverity(alarm.severity().name().toLowerCase(Locale.ROOT))
            .setState(alarm.state().name())
            .setProfileKind(alarm.profileKind().name())
            .setModelName(alarm.model().name())
            .setModelVersion(alarm.model().version())
            .setModelSha256(alarm.model().sha256())
            .setBaselineSha256(alarm.window().baselineSha256())
            .setSegment(alarm.window().segment())
            .setWindowStart(instant(alarm.window().start()))
            .setWindowEnd(instant(alarm.window().end()))
            .setWindow(alarm.window().length())
            .setTimeZone(alarm.window().timeZone())
            .setColumns(alarm.columns())
            .setExpectation(alarm.expectation())
            .setExpected(alarm.expected())
            .setObserved(alarm.observed())
            .setEvaluated(alarm.evaluated())
            .setUnexpected(alarm.unexpected())
            .setMessage(alarm.message())
            .setSince(instant(alarm.course().since()))
            .setWindowsWrong(alarm.course().wrong())
            .setWindowsJudged(alarm.course().judged())
            .setAdvice(alarm.advice().kind().name())
            .setAdviceReasons(alarm.advice().reasons())
            .setExpectedFalseAlarmRate(alarm.expectedFalseAlarmRate())
            .build();
    return new KafkaMessage(
        alarm.key().getBytes(StandardCharsets.UTF_8), AvroBytes.of(encoded, framing), Header.NONE);
  }

  private static Instant instant(Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
