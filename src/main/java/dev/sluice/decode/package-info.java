/**
 * Avro bytes → typed columns, by a decoder compiled once per writer schema.
 *
 * <p>Takes encoded records, gives feature rows (one reused row per subtask), and refuses what is
 * not exactly one record of the writer schema: those leave as malformed dead letters. Bytes are
 * read in place; fields that nobody asked for are skipped. Untrusted lengths, counts and depths are
 * checked before they are believed.
 */
package dev.sluice.decode;
