package dev.sluice.profile.file;

/**
 * A data profile that is not sound. The message names the file, the place in it, what it got and
 * what it expected: {@code data-profile.json: columns[3].expectations[0].min is 9.0, expected …}.
 */
public final class DataProfileException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  DataProfileException(String message, Throwable cause) {
    super(message, cause);
  }
}
