package dev.sluice.cli.score;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.record.Reason;
import java.util.List;
import java.util.Locale;

/**
 * What became of one row.
 *
 * @param row the row's number in the file, from 0
 * @param outputs value by name of the model's output; null unless predicted
 * @param code why it was not predicted; null where it was
 * @param reason the same for a person; empty where it was predicted
 * @param warnings expectations not met that do not reject the row, for a person
 */
record ScoredRow(
    long row,
    Status status,
    ObjectNode outputs,
    Reason code,
    String reason,
    List<String> warnings) {

  /** The ends that a row can come to. */
  enum Status {
    /** The model answered. */
    PREDICTED,
    /** It is no record of the schema. */
    MALFORMED,
    /** A critical expectation is not met. */
    REJECTED,
    /** The model could not score it. */
    FAILED;

    /** Returns the word in files and messages. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  ScoredRow {
    requireNonNull(status, "status is null");
    requireNonNull(reason, "reason is null");
    warnings = List.copyOf(warnings);
  }

  static ScoredRow predicted(long row, ObjectNode outputs, List<String> warnings) {
    return new ScoredRow(row, Status.PREDICTED, outputs, null, "", warnings);
  }

  static ScoredRow unpredicted(long row, Status status, Reason code, String reason) {
    return new ScoredRow(row, status, null, code, reason, List.of());
  }

  boolean isPredicted() {
    return status == Status.PREDICTED;
  }
}
