package dev.sluice.cli.letters;

import dev.sluice.cli.inspect.Shown;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What became of the letters that were looked at, or would have. */
public final class RedriveSummary {
  private static final int MAX_NAMES = 20;

  private final String to;
  private final boolean exact;
  private final Map<String, Long> reasons = new TreeMap<>();
  private final Set<String> topics = new TreeSet<>();
  private final List<String> truncatedNames = new ArrayList<>();
  private long lookedAt;
  private long sent;
  private long nulls;
  private long sentBefore;
  private long truncated;
  private long noLetters;

  /**
   * @param to the topic that letters go to, or null for the one that each came from
   * @param exact whether it is known of each letter whether it was sent before
   */
  RedriveSummary(String to, boolean exact) {
    this.to = to;
    this.exact = exact;
  }

  void lookedAt() {
    lookedAt++;
  }

  void send(Letter letter) {
    sent++;
    reasons.merge(letter.reason(), 1L, Long::sum);
    topics.add(to == null ? letter.text("topic") : to);
    if (letter.value() == null) {
      nulls++;
    }
  }

  void sentBefore() {
    sentBefore++;
  }

  void truncated(Letter letter) {
    truncated++;
    if (truncatedNames.size() < MAX_NAMES) {
      truncatedNames.add(letter.place());
    }
  }

  void noLetter() {
    noLetters++;
  }

  /** Returns the number of letters to send. */
  public long sent() {
    return sent;
  }

  /** Returns the number of letters that were chosen and cannot be sent. */
  public long unsendable() {
    return truncated;
  }

  /** Returns the topics that letters go to. */
  public Set<String> topics() {
    return Collections.unmodifiableSet(topics);
  }

  /**
   * Returns the lines for a person.
   *
   * @param dryRun whether nothing was sent
   */
  public List<String> lines(boolean dryRun) {
    List<String> lines = new ArrayList<>();
    reasons.forEach(
        (reason, count) ->
            lines.add(String.format(Locale.ROOT, "%-18s %,12d", Shown.text(reason), count)));
    lines.add(
        String.format(
            Locale.ROOT,
            "%s %,d of %,d messages looked at%s%s",
            dryRun ? "would send" : "sent",
            sent,
            lookedAt,
            sent == 0 ? "" : ", to " + String.join(", ", topics),
            dryRun ? "; this was a dry run" : ""));
    if (nulls > 0) {
      lines.add(String.format(Locale.ROOT, "%,d of them have a null value", nulls));
    }
    if (sentBefore > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "left out %,d that an earlier run %s; --again sends them once more",
              sentBefore,
              exact ? "has sent" : "has sent, or whose neighbours it has"));
    }
    if (truncated > 0) {
      String more = truncated > truncatedNames.size() ? ", ..." : "";
      lines.add(
          String.format(
              Locale.ROOT,
              "left out %,d that are truncated, so that no record can be made of them: %s%s",
              truncated,
              String.join(", ", truncatedNames),
              more));
    }
    if (noLetters > 0) {
      lines.add(String.format(Locale.ROOT, "left out %,d that are no dead letters", noLetters));
    }
    return lines;
  }
}
