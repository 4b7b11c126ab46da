package dev.sluice.record;

import java.util.ArrayList;
import java.util.List;

/**
 * The model's answer to a feature batch: a status per row and, for rows that were scored, a value
 * per output. A reused buffer, owned by the inferring stage: valid until its next batch.
 */
public final class PredictionBatch {
  private final List<OutputTensor> outputs = new ArrayList<>();
  private FeatureBatch features;
  private Reason[] failures = new Reason[0];
  private String[] messages = new String[0];

  /** Starts the answer to a batch: every row counts as predicted until it is failed. */
  public void reset(FeatureBatch batch) {
    features = batch;
    if (failures.length < batch.size()) {
      failures = new Reason[batch.capacity()];
      messages = new String[batch.capacity()];
    }
    for (int row = 0; row < batch.size(); row++) {
      failures[row] = null;
      messages[row] = null;
    }
  }

  /** Starts the answer to the batch that another has answered, with the same status per row. */
  public void takeStatus(PredictionBatch answered) {
    reset(answered.features);
    for (int row = 0; row < answered.size(); row++) {
      failures[row] = answered.failures[row];
      messages[row] = answered.messages[row];
    }
  }

  /** Marks a row as failed: its outputs are not to be read. */
  public void fail(int row, Reason reason, String message) {
    failures[row] = reason;
    messages[row] = message;
  }

  /** Returns whether the row was scored. */
  public boolean isPredicted(int row) {
    return failures[row] == null;
  }

  /** Returns why the row was not scored, or null where it was. */
  public Reason failure(int row) {
    return failures[row];
  }

  /** Returns the failure for a person, or null where the row was scored. */
  public String message(int row) {
    return messages[row];
  }

  /** Returns the outputs in the order of the model's signature; a live list. */
  public List<OutputTensor> outputs() {
    return outputs;
  }

  /** Returns the rows that were to be scored. */
  public FeatureBatch features() {
    return features;
  }

  /** Returns the number of rows, failed ones counted in. */
  public int size() {
    return features.size();
  }
}
