/**
 * What a window says of expectations, as plain classes.
 *
 * <pre>
 *   notes of the validator ─► ExpectationCounter ─► ExpectationCounts ─┐
 *                                  columns' statistics ────────────────┴► WindowChecks ─► results
 * </pre>
 *
 * <p>Refuses nothing: what cannot be judged has a result that says why.
 */
package dev.sluice.monitor.check;
