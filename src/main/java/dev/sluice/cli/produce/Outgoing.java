package dev.sluice.cli.produce;

/**
 * A message to send.
 *
 * @param key UTF-8 bytes, or null
 * @param value the framed record, or null
 */
@SuppressWarnings("ArrayRecordComponent")
public record Outgoing(byte[] key, byte[] value) {}
