package dev.sluice.expect.gx;

import dev.sluice.expect.Expectation;

/**
 * How entries of one type become an expectation; of what applies to every type (severity, mostly
 * and the condition) it knows nothing.
 */
interface Rule {
  /**
   * Returns the expectation of all records, critical.
   *
   * @throws Refusal if there is none
   * @throws IllegalArgumentException if an argument does not fit the expectation
   */
  Expectation translate(Kwargs kwargs, Columns columns);
}
