package dev.sluice.kafka.registry;

/** A schema registry cannot do what it is asked for; the message says in one line why. */
public final class RegistryException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public RegistryException(String message) {
    super(message);
  }

  public RegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
