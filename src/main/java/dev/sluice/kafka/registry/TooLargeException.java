package dev.sluice.kafka.registry;

/**
 * What was asked for is there, but larger than anything that is read: who asked for one schema of
 * many takes it for unknown, for all others it is a mistake.
 */
final class TooLargeException extends NoAnswerException {
  private static final long serialVersionUID = 1L;

  TooLargeException(String message) {
    super(message, true, null);
  }
}
