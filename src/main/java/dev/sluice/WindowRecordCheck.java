package dev.sluice;

import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationScope;
import dev.sluice.model.verify.Findings;
import dev.sluice.monitor.Monitor;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.profile.statistics.ValueCounts;
import dev.sluice.record.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks that no record of a window's profile, and no alarm about it, can outgrow what a producer
 * sends: a job that has to publish one would fail at it again after each restart. How large a
 * record can become follows from the data profile, its grids and its expectations; all else in it
 * is bounded.
 */
final class WindowRecordCheck {
  /** Says how many bytes a producer sends at most. */
  private static final String MAX_REQUEST_SIZE = "max.request.size";

  /** An edge is 8 bytes, a count a number of up to 7 bits per byte. */
  private static final int BIN_BYTES = 8 + 9;

  /** All values that are counted one by one with their counts, or hashes in their place. */
  private static final int VALUE_BYTES =
      ValueCounts.MAX_BYTES + TextStatistics.DEFAULT_MAX_VALUES * (2 + 9);

  /** Quantiles and single numbers, names and digests. */
  private static final int OTHER_BYTES = VALUE_BYTES + (16 << 10);

  /** Rejections of the producers that are named, those of others, names and digests. */
  private static final int REJECTION_BYTES = Monitor.MAX_REJECTION_BYTES + (16 << 10);

  /** Severity, type, counts and shares of a result, and what was seen of single records. */
  private static final int RESULT_BYTES = 192;

  /** All of an alarm but the columns' names: message, texts, id, segment, reasons and digests. */
  private static final int ALARM_BYTES = 16 << 10;

  private WindowRecordCheck() {}

  /**
   * Checks a profile.
   *
   * @param most how many bytes the producers send of one message
   * @param alarms whether alarms are written, too
   * @return a problem per record, and per expectation with an alarm, that can become too large
   */
  static Findings check(DataProfile profile, int most, boolean alarms) {
    Findings findings = new Findings();
    for (ColumnProfile column : columns(profile)) {
      long grid = (long) BIN_BYTES * (column.gridEdges().size() + column.massEdges().size() + 2);
      check(
          "a window's record of column " + column.name(),
          "%,d edges and %,d expectations"
              .formatted(
                  column.gridEdges().size() + column.massEdges().size(),
                  column.expectations().size()),
          OTHER_BYTES + grid + results(column.expectations()),
          most,
          findings);
    }
    check(
        "a window's record of all columns together",
        "%,d expectations".formatted(profile.expectations().size()),
        REJECTION_BYTES + results(profile.expectations()),
        most,
        findings);
    if (alarms) {
      expectations(profile).forEach(expectation -> checkAlarm(expectation, most, findings));
    }
    return findings;
  }

  private static Stream<Expectation> expectations(DataProfile profile) {
    return Stream.concat(
        columns(profile).stream().flatMap(column -> column.expectations().stream()),
        profile.expectations().stream());
  }

  /** Its key and its list of columns have all names; its message has the first ones. */
  private static void checkAlarm(Expectation expectation, int most, Findings findings) {
    boolean ofWindow =
        expectation.type().scope() == ExpectationScope.WINDOW || expectation.mostly() < 1;
    if (!ofWindow || expectation.severity() == Severity.INFO) {
      return;
    }
    long names = bytes(expectation.column()) + 5L * expectation.columns().size();
    check(
        "the alarm of expectation " + expectation.id(),
        "%,d columns, which are named in its key as well".formatted(expectation.columns().size()),
        ALARM_BYTES + 2 * names,
        most,
        findings);
  }

  private static List<ColumnProfile> columns(DataProfile profile) {
    List<ColumnProfile> columns = new ArrayList<>(profile.columns());
    columns.addAll(profile.outputs());
    return columns;
  }

  private static void check(String what, String because, long bytes, long most, Findings findings) {
    if (bytes > most) {
      findings.problem(
          ("data profile: %s can have %,d bytes, since there are %s; expected at most the %,d of"
                  + " %s, which kafka.sink.properties can raise together with the topic's"
                  + " max.message.bytes")
              .formatted(what, bytes, because, most, MAX_REQUEST_SIZE));
    }
  }

  private static long results(List<Expectation> expectations) {
    long bytes = 0;
    for (Expectation expectation : expectations) {
      if (expectation.type().scope() != ExpectationScope.SCHEMA) {
        boolean ofWindow = expectation.type().scope() == ExpectationScope.WINDOW;
        bytes +=
            RESULT_BYTES
                + bytes(expectation.id())
                + bytes(expectation.column())
                + 5L * expectation.columns().size()
                + cutBytes(expectation.describe())
                + (ofWindow ? 2 * ExpectationResult.MAX_TEXT : 0); // observed value and reason
      }
    }
    return bytes;
  }

  private static long cutBytes(String text) {
    return bytes(text.substring(0, Math.min(text.length(), ExpectationResult.MAX_TEXT)));
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
