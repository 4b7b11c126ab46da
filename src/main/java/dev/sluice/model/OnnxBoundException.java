package dev.sluice.model;

import java.io.IOException;

/**
 * A model that may be sound, but has more of something than is read of a file of unknown origin.
 */
final class OnnxBoundException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what there is too much of, got and expected
   */
  OnnxBoundException(String message) {
    super(message);
  }
}
