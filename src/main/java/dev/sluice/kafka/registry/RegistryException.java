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

  /**
   * Returns whether the registry does not answer, which passes by itself; else somebody has to
   * correct something: an address, a login, a schema.
   */
  public boolean isOutage() {
    return getCause() instanceof NoAnswerException answer && !answer.isMistake()
        || getCause() instanceof RegistryException other && other.isOutage();
  }
}
