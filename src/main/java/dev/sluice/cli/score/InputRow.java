package dev.sluice.cli.score;

/**
 * One row of a file: a record, or why it is none.
 *
 * @param value plain Avro binary, null where the row is malformed
 * @param problem what, which, got, expected; null where there is a record
 */
@SuppressWarnings("ArrayRecordComponent")
public record InputRow(byte[] value, String problem) {
  static InputRow of(byte[] value) {
    return new InputRow(value, null);
  }

  static InputRow malformed(String problem) {
    return new InputRow(null, problem);
  }

  public boolean isMalformed() {
    return problem != null;
  }
}
