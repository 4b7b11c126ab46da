package dev.sluice.kafka;

/** Topics that are not there, or that brokers do not show to this login. */
public final class AbsentTopicException extends TopicException {
  AbsentTopicException(String message) {
    super(message);
  }

  AbsentTopicException(String message, Throwable cause) {
    super(message, cause);
  }
}
