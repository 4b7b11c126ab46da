/**
 * Expectations, compiled once for the columns of a layout.
 *
 * <pre>
 *   Expectation ─┬─ of the event time ──► EventTimeCheck
 *                ├─ of one column ──────► ColumnCheck ──(numbers alone)──► FloatRunCheck
 *                └─ of several ─────────► SeveralColumnsCheck
 * </pre>
 *
 * <p>A check reads primitive values where they lie in the row. One that is met costs a few
 * comparisons and no memory; one that is not adds a violation to the row.
 */
package dev.sluice.validate.check;
