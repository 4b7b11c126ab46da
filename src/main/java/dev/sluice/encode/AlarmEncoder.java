package dev.sluice.encode;

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

  @Override
  public KafkaMessage map(Alarm alarm) {
    dev.sluice.avro.Alarm encoded =
        dev.sluice.avro.Alarm.newBuilder()
            .setKind(alarm.kind().name())
            .setSeverity(alarm.severity().name().toLowerCase(Locale.ROOT))
            .setState(alarm.state().name())
            .setProfileKind(alarm.profileKind().name())
            .setModelName(alarm.modelName())
            .setModelVersion(alarm.modelVersion())
            .setModelSha256(alarm.modelSha256())
            .setBaselineSha256(alarm.baselineSha256())
            .setSegment(alarm.segment())
            .setWindowStart(Instant.ofEpochMilli(alarm.windowStart()))
            .setWindowEnd(Instant.ofEpochMilli(alarm.windowEnd()))
            .setWindow(alarm.window())
            .setTimeZone(alarm.timeZone())
            .setColumns(alarm.columns())
            .setExpectation(alarm.expectation())
            .setExpected(alarm.expected())
            .setObserved(alarm.observed())
            .setEvaluated(alarm.evaluated())
            .setUnexpected(alarm.unexpected())
            .setMessage(alarm.message())
            .build();
    return new KafkaMessage(
        alarm.key().getBytes(StandardCharsets.UTF_8), AvroBytes.of(encoded), Header.NONE);
  }
}
