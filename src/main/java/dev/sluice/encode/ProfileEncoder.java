package dev.sluice.encode;

import static java.util.Objects.requireNonNull;

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

  private final OutputFraming framing;

  /** Writes plain Avro binary. */
  public ProfileEncoder() {
    this(OutputFraming.NONE);
  }

  /**
   * @param framing what stands before each value
   */
  public ProfileEncoder(OutputFraming framing) {
    this.framing = requireNonNull(framing, "framing is null");
  }

  @Override
  public KafkaMessage map(DataProfile profile) {
    dev.sluice.avro.DataProfile encoded =
        dev.sluice.avro.DataProfile.newBuilder()
            .setFormatVersion(profile.formatVersion())
            .setKind(DataProfileKind.valueOf(profile.kind().name()))
            .setModelName(profile.model().name())
            .setModelVersion(profile.model().version())
            .setModelSha256(profile.model().sha256())
            .setBaselineSha256(profile.window().baselineSha256())
            .setWindowStart(instant(profile.window().start()))
            .setWindowEnd(instant(profile.window().end()))
            .setWindow(profile.window().length())
            .setTimeZone(profile.window().timeZone())
            .setSegment(profile.window().segment())
            .setRevision(profile.window().revision())
            .setRows(profile.counts().rows())
            .setRejectedRows(profile.counts().rejected())
            .setLateRows(profile.counts().late())
            .setFinal$(profile.window().isFinal())
            .setReadRecords(profile.counts().read())
            .setMalformedRecords(profile.counts().malformed())
            .setPredictedRecords(profile.counts().predicted())
            .setFailedRecords(profile.counts().failed())
            .setColumns(profile.columns().stream().map(ColumnEncoder::encode).toList())
            .setExpectationResults(FindingsEncoder.results(profile.findings()))
            .setRejections(FindingsEncoder.rejections(profile.findings()))
            .build();
    byte[] key = key(profile).getBytes(StandardCharsets.UTF_8);
    return new KafkaMessage(key, AvroBytes.of(encoded, framing), Header.NONE);
  }

  private static String key(DataProfile profile) {
    return String.join(
        "/",
        profile.kind().name(),
        profile.model().sha256(),
        profile.window().baselineSha256(),
        profile.window().segment(),
        time(profile.window().start()),
        time(profile.window().end()),
        profile.columns().isEmpty() ? "" : profile.columns().get(0).name());
  }

  /** Late records that no window reports have no start, and perhaps no end. */
  private static String time(Long millis) {
    return millis == null ? "late" : Instant.ofEpochMilli(millis).toString();
  }

  private static Instant instant(Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
