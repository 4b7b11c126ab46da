package dev.sluice.record;

import java.util.ArrayList;
import java.util.Collections;
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
  private List<List<Violation>> warnings = List.of();

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
    if (!warnings.isEmpty()) {
      warnings = List.of();
    }
  }

  /**
   * Starts the answer to the batch that another has answered, with the same status and warnings per
   * row.
   */
  public void takeStatus(PredictionBatch answered) {
    reset(answered.features);
    for (int row = 0; row < answered.size(); row++) {
      failures[row] = answered.failures[row];
      messages[row] = answered.messages[row];
    }
    if (!answered.warnings.isEmpty()) {
      warnings = new ArrayList<>(answered.warnings);
    }
  }

  /** Marks a row as failed: its outputs are not to be read. */
  public void fail(int row, Reason reason, String message) {
    failures[row] = reason;
    messages[row] = message;
  }

  /** Adds a warning about the row's outputs; it stays predicted. */
  public void warn(int row, Violation warning) {
    if (warnings.isEmpty()) {
      warnings = new ArrayList<>(Collections.nCopies(size(), List.of()));
    }
    List<Violation> all = new ArrayList<>(warnings.get(row));
    all.add(warning);
    warnings.set(row, all);
  }

  /** Returns the warnings about the row's outputs, usually none; those about its features aside. */
  public List<Violation> warnings(int row) {
    return warnings.isEmpty() ? List.of() : warnings.get(row);
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
