/**
 * What the command {@code profile} does: making a data profile, showing one, comparing two.
 *
 * <pre>
 *   FileSource  ─┐
 *                ├─► ProfileRun ─► ProfileBuilder ─► ProfileTarget
 *   TopicSource ─┘   decode, batch,
 *                    infer where there is a model
 * </pre>
 *
 * <p>A {@link dev.sluice.cli.profile.RowSource} gives the same rows as often as it is asked: files
 * from their beginning, a topic between offsets that are fixed when it is opened. It refuses what
 * cannot be read; a row that is no record is counted, and ends the run unless it is to be skipped.
 */
package dev.sluice.cli.profile;
