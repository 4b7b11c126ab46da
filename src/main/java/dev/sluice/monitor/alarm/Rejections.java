package dev.sluice.monitor.alarm;

import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.RejectionCount;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether too many records of a window were rejected or could not be decoded, and whose they were.
 *
 * @param maxShare the share that may be, 0 to 1
 * @param minRows with fewer records there is nothing to say
 */
record Rejections(double maxShare, long minRows) implements Serializable {
  private static final int NAMED = 3;

  /** Judges the summary of a window of inputs. */
  void judge(DataProfile summary, List<Finding> wrong, List<String> right) {
    if (summary.counts().read() < minRows) {
      return;
    }
    if (share(summary) > maxShare) {
      wrong.add(new Finding(alarm(summary), false));
    } else {
      right.add(ConditionKey.of(AlarmKind.REJECT_SHARE, summary.kind(), List.of(), ""));
    }
  }

  private static double share(DataProfile summary) {
    return refused(summary) / (double) summary.counts().read();
  }

  private static long refused(DataProfile summary) {
    return summary.counts().rejected() + summary.counts().malformed();
  }

  private Alarm alarm(DataProfile summary) {
    String expected = "a share of rejected records of at most " + maxShare;
    return new Alarm(
        AlarmKind.REJECT_SHARE,
        AlarmRules.severity(AlarmKind.REJECT_SHARE, summary.kind()),
        summary.kind(),
        summary.model(),
        summary.window(),
        List.of(),
        "",
        expected,
        String.format(Locale.ROOT, "%.4f", share(summary)),
        summary.counts().read(),
        refused(summary),
        refused(summary)
            + " of "
            + summary.counts().read()
            + " records were rejected"
            + malformed(summary.counts().malformed())
            + ", expected "
            + expected
            + producers(summary.findings().rejections())
            + reasons(summary.findings().rejections()));
  }

  private static String malformed(long records) {
    return records == 0 ? "" : " or malformed (" + records + ")";
  }

  private static String producers(List<RejectionCount> rejections) {
    Map<String, Long> counts = new TreeMap<>();
    rejections.stream()
        .filter(rejection -> !rejection.producer().isEmpty())
        .forEach(r -> counts.merge(r.producer(), r.count(), Long::sum));
    return most("; producers of most: ", counts);
  }

  private static String reasons(List<RejectionCount> rejections) {
    Map<String, Long> counts = new TreeMap<>();
    rejections.forEach(r -> counts.merge(r.reason().name(), r.count(), Long::sum));
    return most("; reasons of most: ", counts);
  }

  private static String most(String head, Map<String, Long> counts) {
    String listed =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(NAMED)
            .map(count -> count.getKey() + " (" + count.getValue() + ")")
            .collect(Collectors.joining(", "));
    return listed.isEmpty() ? "" : head + listed;
  }
}
