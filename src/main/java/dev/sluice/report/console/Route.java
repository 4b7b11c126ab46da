package dev.sluice.report.console;

import java.io.IOException;
import java.io.OutputStream;

/** What answers one path with JSON. Called by several threads. */
@FunctionalInterface
public interface Route {
  /**
   * Writes the answer, which is held in memory before it is sent.
   *
   * @param out takes JSON in UTF-8; stays open
   * @throws Refusal if there is none
   */
  void answer(Query query, OutputStream out) throws IOException;
}
