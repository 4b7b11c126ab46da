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
  private final Map<String, Long> reasons = new TreeMap<>();
  private final Set<String> topics = new TreeSet<>();
  private final List<String> truncatedNames = new ArrayList<>();
  private long lookedAt;
  private long sent;
  private long nulls;
  private long sentBefore;
  private long perhapsSentBefore;
  private boolean notedRoughly;
  private long truncated;
  private long noLetters;

  /**
   * @param to the topic that letters go to, or null for the one that each came from
   */
  RedriveSummary(String to) {
    this.to = to;
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

  /**
   * @param certain whether it was, and not perhaps others beside it alone
   */
  void sentBefore(boolean certain) {
    if (certain) {
      sentBefore++;
    } else {
      perhapsSentBefore++;
    }
  }

  /** The letters were sent, and later runs take some that lie between them for sent as well. */
  void notedRoughly() {
    notedRoughly = true;
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

  /** Returns whether each letter that was chosen is sent, now or by an earlier run for certain. */
  public boolean isComplete() {
    return truncated == 0 && perhapsSentBefore == 0;
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
              "left out %,d that an earlier run has sent; --again sends them once more",
              sentBefore));
    }
    if (perhapsSentBefore > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "left out %,d that an earlier run has sent, or whose neighbours it has: the note of what"
                  + " was sent has no room for that many places; --again sends all of them",
              perhapsSentBefore));
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
    if (notedRoughly) {
      lines.add(
          "the note of what was sent has no room for that many places: later runs leave out letters"
              + " that lie between these as well, unless told --again");
    }
    return lines;
  }
}
