/**
 * Post-processing: the model's outputs become those that are written.
 *
 * <pre>
 *   outputs ─► activation ─► argmax, threshold ─► select ─► rename ─► outputs
 *              (replaces)        (add)
 * </pre>
 *
 * <p>All is planned and checked against the model's signature before the job starts; what the
 * signature does not tell, such as the number of classes of an undeclared shape, is checked at the
 * first batch. Where it changes later, so that the options do not fit, the batch's rows fail; not
 * where that is the first batch after a restart, as the options may be wrong then.
 */
package dev.sluice.infer.output;
