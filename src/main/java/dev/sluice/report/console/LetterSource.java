package dev.sluice.report.console;

import java.io.IOException;
import java.io.OutputStream;

/** Where whole dead letters are. Called by several threads. */
@FunctionalInterface
public interface LetterSource {
  /**
   * Writes a letter as a JSON object.
   *
   * @throws Refusal if it is there no more, or cannot be read now
   */
  void open(int partition, long offset, OutputStream out) throws IOException;
}
