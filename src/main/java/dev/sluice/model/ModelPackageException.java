package dev.sluice.model;

import java.util.List;

/** A model package that cannot be used: says which file, what was found and what was expected. */
public class ModelPackageException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public ModelPackageException(String message) {
    super(message);
  }

  public ModelPackageException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Returns the exception for several problems.
   *
   * @param problems at least one, each a line that says which file, what was found and what was
   *     expected
   */
  public static ModelPackageException of(List<String> problems) {
    return new ModelPackageException(String.join(System.lineSeparator(), problems));
  }
}
