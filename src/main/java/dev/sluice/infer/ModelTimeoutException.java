package dev.sluice.infer;

/** The model took longer for some rows than it may. */
public final class ModelTimeoutException extends ModelException {
  private static final long serialVersionUID = 1L;

  public ModelTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }
}
