package dev.sluice.kafka.secret;

/** A reference to a secret leads nowhere; the message says which in one line and holds none. */
public final class SecretException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  SecretException(String message) {
    super(message);
  }
}
