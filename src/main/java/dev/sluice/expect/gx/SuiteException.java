package dev.sluice.expect.gx;

/** A suite file that cannot be read; the message names file, place and what was expected. */
public final class SuiteException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  SuiteException(String message, Throwable cause) {
    super(message, cause);
  }
}
