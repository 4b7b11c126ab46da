package dev.sluice.cli.score;

/** A row of a file that is no record of the schema. Carries no stack trace: it is data. */
final class MalformedRowException extends Exception {
  private static final long serialVersionUID = 1L;

  /** So many characters of an offending value are shown. */
  private static final int MAX_SHOWN = 64;

  /**
   * @param message what, which, got, expected
   */
  MalformedRowException(String message) {
    super(message, null, false, false);
  }

  /** Returns a value as messages show it: cut where it is long. */
  static String shown(Object value) {
    String text = String.valueOf(value);
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }
}
