package dev.sluice.encode;

import dev.sluice.avro.DataProfileKind;
import dev.sluice.profile.DataProfile;
import dev.sluice.record.Header;
import dev.sluice.record.KafkaMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Writes profiles as records of {@code DataProfile.avsc}, keyed by what they are about, so that the
 * topic can be compacted.
 */
public final class ProfileEncoder implements MapFunction<DataProfile, KafkaMessage> {
  private static final long serialVersionUID = 1L;

  static {
    TrustedSchemas.register();
  }

  @Override
  public KafkaMessage map(DataProfile profile) {
    dev.sluice.avro.DataProfile encoded =
        dev.sluice.avro.DataProfile.newBuilder()
            .setFormatVersion(profile.formatVersion())
            .setKind(DataProfileKind.valueOf(profile.kind().name()))
            .setModelName(profile.modelName())
            .setModelVersion(profile.modelVersion())
            .setModelSha256(profile.modelSha256())
            .setBaselineSha256(profile.baselineSha256())
            .setWindowStart(instant(profile.windowStart()))
            .setWindowEnd(instant(profile.windowEnd()))
            .setWindow(profile.window())
            .setTimeZone(profile.timeZone())
            .setSegment(profile.segment())
            .setRevision(profile.revision())
            .setRows(profile.rows())
            .setRejectedRows(profile.rejectedRows())
            .setLateRows(profile.lateRows())
            .setColumns(profile.columns().stream().map(ColumnEncoder::encode).toList())
            .setExpectationResults(FindingsEncoder.results(profile.findings()))
            .setRejections(FindingsEncoder.rejections(profile.findings()))
            .build();
    byte[] key = key(profile).getBytes(StandardCharsets.UTF_8);
    return new KafkaMessage(key, AvroBytes.of(encoded), Header.NONE);
  }

  private static String key(DataProfile profile) {
    return String.join(
        "/",
        profile.kind().name(),
        profile.modelSha256(),
        profile.baselineSha256(),
        profile.segment(),
        time(profile.windowStart()),
        time(profile.windowEnd()),
        profile.columns().isEmpty() ? "" : profile.columns().get(0).name());
  }

  /** Late rows that no window reports have no window. */
  private static String time(Long millis) {
    return millis == null ? "late" : Instant.ofEpochMilli(millis).toString();
  }

  private static Instant instant(Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
