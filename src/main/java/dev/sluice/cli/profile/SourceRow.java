package dev.sluice.cli.profile;

import dev.sluice.record.EncodedRecord;

/**
 * One row of a source: a record in plain Avro binary, or why it is none.
 *
 * @param record null where the row is malformed
 * @param problem which row, what, got, expected; null where there is a record
 */
public record SourceRow(EncodedRecord record, String problem) {
  static SourceRow of(EncodedRecord record) {
    return new SourceRow(record, null);
  }

  static SourceRow malformed(String problem) {
    return new SourceRow(null, problem);
  }

  boolean isMalformed() {
    return problem != null;
  }
}
