package dev.sluice.decode;

import dev.sluice.record.Reason;

/** Bytes that are not a record of the writer schema. Carries no stack trace: it is data. */
public final class MalformedRecordException extends Exception {
  /**
   * Stands for a schema that nobody has asked for yet, where nobody may wait for it; such a record
   * is not malformed, and this leaves no decoder.
   */
  static final MalformedRecordException NOT_KNOWN_YET =
      new MalformedRecordException(Reason.UNKNOWN_SCHEMA, "the schema is not known yet");

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  MalformedRecordException(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  MalformedRecordException(String message) {
    this(Reason.UNDECODABLE, message);
  }

  /** Returns the reason code of the dead letter. */
  public Reason reason() {
    return reason;
  }
}
