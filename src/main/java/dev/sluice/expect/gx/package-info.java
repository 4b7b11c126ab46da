/**
 * Great Expectations suites → native expectations.
 *
 * <p>Takes a suite file of version 0.x or 1.x, as it is found in the wild, and the columns that
 * records have; gives an expectation for each entry that can be evaluated on a stream, with Great
 * Expectations' own semantics, and lists the others with place and reason:
 *
 * <pre>
 *   suite.json ── GreatExpectationsSuite ── SuiteTranslation ──► stated       for the data profile
 *                                                          ├──► vacuous      always met
 *                                                          ├──► unsupported  not on this stream
 *                                                          └──► wrong        not in Great Expectations, either
 * </pre>
 *
 * <p>Nothing is dropped in silence. The file is not trusted: its size and depth are bounded, and
 * regular expressions have to be ones of RE2, which match in linear time.
 */
package dev.sluice.expect.gx;
