package dev.sluice.infer;

/** The model's runtime refused some rows: their fault as far as one can tell, not the model's. */
public class ModelException extends Exception {
  private static final long serialVersionUID = 1L;

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
