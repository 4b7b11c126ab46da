package dev.sluice.cli.score;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What a row is expected to come to.
 *
 * @param status the word for its end, or null where the file does not say
 * @param values value by place; a text may hold any value, as a cell of CSV does
 */
record ExpectedRow(String status, Map<OutputPath, JsonNode> values) {
  ExpectedRow {
    values = Map.copyOf(values);
  }

  /** Returns whether the row is expected to come to another end than being predicted. */
  boolean isUnpredicted() {
    return status != null && !status.equals(ScoredRow.Status.PREDICTED.word());
  }
}
