package dev.sluice.kafka;

/** Topics that the job needs and cannot use, or brokers that don't answer. */
public sealed class TopicException extends RuntimeException permits AbsentTopicException {
  TopicException(String message) {
    super(message);
  }

  TopicException(String message, Throwable cause) {
    super(message, cause);
  }
}
