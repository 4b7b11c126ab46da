package dev.sluice.report.console;

/**
 * Which dead letters somebody looks for: those that meet all conditions. An empty one is met by
 * every letter.
 *
 * @param reason a reason code, of the letter or of one of its violations
 * @param kind MALFORMED, REJECTED or FAILED
 * @param column a feature that a violation is about; with a reason, for that reason
 * @param producer who sent the record
 * @param text what occurs somewhere in it, in upper or lower case
 */
public record LetterSearch(
    String reason, String kind, String column, String producer, String text) {

  static LetterSearch of(Query query) {
    return new LetterSearch(
        query.textOrEmpty("reason"),
        query.textOrEmpty("kind"),
        query.textOrEmpty("column"),
        query.textOrEmpty("producer"),
        query.textOrEmpty("text"));
  }

  boolean matches(LetterSummary letter) {
    return (kind.isEmpty() || kind.equals(letter.kind()))
        && (producer.isEmpty() || producer.equals(letter.producer()))
        && matchesCause(letter)
        && (text.isEmpty() || letter.mentions(text));
  }

  private boolean matchesCause(LetterSummary letter) {
    if (column.isEmpty()) {
      return reason.isEmpty()
          || reason.equals(letter.reason())
          || letter.violated().anyMatch(cause -> reason.equals(cause.reason()));
    }
    return letter
        .violated()
        .anyMatch(
            cause -> isOf(cause.column()) && (reason.isEmpty() || reason.equals(cause.reason())));
  }

  /** A violation of several columns, joined by commas, is of each of them. */
  private boolean isOf(String columns) {
    if (columns.equals(column)) {
      return true;
    }
    for (String one : columns.split(",", -1)) {
      if (one.strip().equals(column)) {
        return true;
      }
    }
    return false;
  }
}
