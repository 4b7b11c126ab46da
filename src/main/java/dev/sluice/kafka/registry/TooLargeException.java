package dev.sluice.kafka.registry;

/**
 * What was asked for is there, but larger than anything that is read: who asked for one schema of
 * many takes it for unknown, for all others it is a mistake.
 */
final class TooLargeException extends NoAnswerException {
  private static final long serialVersionUID = 1L;

  private final String bound;

  /**
   * @param bound what it has that is not read, and what is expected
   */
  TooLargeException(String message, String bound) {
    super(message, true, null);
    this.bound = bound;
  }

  /** Returns what it has that is not read, and what is expected. */
  String bound() {
    return bound;
  }
}
