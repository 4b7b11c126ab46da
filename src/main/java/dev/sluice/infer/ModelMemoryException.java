package dev.sluice.infer;

/** The model took more memory for some rows than there is. */
public final class ModelMemoryException extends ModelException {
  private static final long serialVersionUID = 1L;

  public ModelMemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
