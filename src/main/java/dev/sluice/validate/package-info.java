/**
 * Expectations → one validator per column.
 *
 * <p>Takes decoded rows, gives the good ones on with their warnings, and sends those that do not
 * meet a critical expectation to dead letters, with every violation. Expectations come from the
 * data profile, and from the model: an input that cannot hold a missing value makes its feature
 * required. Compiled once; a good row costs a few comparisons and no allocation. By option, a row
 * that does not meet a critical expectation is given on with its violations, or stops the job.
 */
package dev.sluice.validate;
