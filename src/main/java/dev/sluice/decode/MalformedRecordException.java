package dev.sluice.decode;

import dev.sluice.record.Reason;

/** Bytes that are not a record of the writer schema. Carries no stack trace: it is data. */
final class MalformedRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  MalformedRecordException(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  MalformedRecordException(String message) {
    this(Reason.UNDECODABLE, message);
  }

  Reason reason() {
    return reason;
  }
}
