package dev.sluice.model;

/** A model package that cannot be used: says which file, what was found and what was expected. */
public class ModelPackageException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public ModelPackageException(String message) {
    super(message);
  }

  public ModelPackageException(String message, Throwable cause) {
    super(message, cause);
  }
}
