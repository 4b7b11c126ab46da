package dev.sluice.kafka.registry;

/**
 * The registry did not say what it was asked. Who reads waits and asks again, however long; who
 * starts gives up: at once where somebody has made a mistake, else after some more tries.
 */
sealed class NoAnswerException extends Exception permits TooLargeException {
  private static final long serialVersionUID = 1L;

  private final boolean mistake;

  NoAnswerException(String message, boolean mistake, Throwable cause) {
    super(message, cause);
    this.mistake = mistake;
  }

  /** Returns what will pass by itself: an outage. */
  static NoAnswerException outage(String message, Throwable cause) {
    return new NoAnswerException(message, false, cause);
  }

  /** Returns what somebody has to correct: a login, an address, a certificate. */
  static NoAnswerException mistake(String message, Throwable cause) {
    return new NoAnswerException(message, true, cause);
  }

  boolean isMistake() {
    return mistake;
  }
}
