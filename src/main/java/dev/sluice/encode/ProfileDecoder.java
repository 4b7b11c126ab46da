package dev.sluice.encode;

import dev.sluice.avro.Rejection;
import dev.sluice.expect.ExpectationType;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RejectionCount;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.WindowFindings;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The record of a window, as {@link ProfileEncoder} writes it → its profile. */
public final class ProfileDecoder {
  private ProfileDecoder() {}

  /**
   * Returns the profile that a record says.
   *
   * @throws IllegalArgumentException if the record cannot be of a profile that was published: a
   *     name that is not known, numbers that contradict each other
   */
  public static DataProfile decode(dev.sluice.avro.DataProfile record) {
    return new DataProfile(
        record.getFormatVersion(),
        ProfileKind.valueOf(record.getKind().name()),
        new ProfiledModel(record.getModelName(), record.getModelVersion(), record.getModelSha256()),
        new ProfiledWindow(
            record.getBaselineSha256(),
            record.getSegment(),
            millis(record.getWindowStart()),
            millis(record.getWindowEnd()),
            record.getWindow(),
            record.getTimeZone(),
            record.getRevision(),
            record.getFinal$()),
        new RowCounts(
            record.getRows(),
            record.getRejectedRows(),
            record.getLateRows(),
            record.getReadRecords(),
            record.getMalformedRecords(),
            record.getPredictedRecords(),
            record.getFailedRecords()),
        record.getColumns().stream().map(ColumnDecoder::decode).toList(),
        List.of(),
        List.of(),
        null,
        "sluice",
        new WindowFindings(
            record.getExpectationResults().stream().map(ProfileDecoder::result).toList(),
            record.getRejections().stream().map(ProfileDecoder::rejection).toList()),
        List.of());
  }

  /** Returns milliseconds since the epoch, null for null. */
  static Long millis(Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  private static ExpectationResult result(dev.sluice.avro.ExpectationResult result) {
    return new ExpectationResult(
        result.getId(),
        ExpectationType.valueOf(result.getType()),
        result.getExpectation(),
        result.getColumns(),
        Severity.valueOf(result.getSeverity().toUpperCase(Locale.ROOT)),
        result.getEvaluated(),
        result.getUnexpected(),
        result.getShare(),
        result.getMostly(),
        result.getObserved(),
        result.getMet(),
        result.getReason());
  }

  private static RejectionCount rejection(Rejection rejection) {
    return new RejectionCount(
        Reason.valueOf(rejection.getReason()), rejection.getProducer(), rejection.getCount());
  }
}
