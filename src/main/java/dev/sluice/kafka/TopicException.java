package dev.sluice.kafka;

/** Topics that the job needs and cannot use, or brokers that don't answer. */
public final class TopicException extends RuntimeException {
  TopicException(String message) {
    super(message);
  }

  TopicException(String message, Throwable cause) {
    super(message, cause);
  }
}
