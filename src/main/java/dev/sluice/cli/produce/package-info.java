/**
 * What {@code produce} does: records of a file or of a simulation → messages of a topic.
 *
 * <pre>
 * RecordSource ─► MessageMaker ──────────────────────────────► Pace ─► RecordSender ─► topic
 *                 event time, key, faults, Avro binary, frame
 * </pre>
 *
 * A row that is no record ends it, with its line; a message that does not arrive is named and
 * counted.
 */
package dev.sluice.cli.produce;
