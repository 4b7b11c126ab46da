package dev.sluice.report;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.DataProfile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a model besides its windows: what its author states, and its baseline.
 *
 * @param modelSha256 SHA-256 of the model file, hexadecimal; empty where only the baseline is known
 * @param facts the author's statements in their order
 * @param baseline the data profile that windows are compared with; null where it is not known
 * @param baselineSha256 SHA-256 of its file, hexadecimal; empty where it is not known
 * @param units the units of features and outputs by name, as the author states them
 */
public record ModelCard(
    String modelSha256,
    List<Fact> facts,
    DataProfile baseline,
    String baselineSha256,
    Map<String, String> units) {
  public ModelCard {
    requireNonNull(modelSha256, "modelSha256 is null");
    requireNonNull(baselineSha256, "baselineSha256 is null");
    facts = List.copyOf(facts);
    units = Map.copyOf(units);
  }

  /**
   * One statement.
   *
   * @param depth how deep it is nested, 0 or more
   * @param name what is stated
   * @param value what it is; empty where only what is nested below it says something
   */
  public record Fact(int depth, String name, String value) {
    public Fact {
      requireNonNull(name, "name is null");
      requireNonNull(value, "value is null");
    }
  }

  /** Returns whether it is about this model. */
  boolean isOf(ModelKey key) {
    return modelSha256.isEmpty()
        ? baselineSha256.equals(key.baselineSha256())
        : modelSha256.equals(key.modelSha256());
  }

  /** Returns the baseline if windows of this key are compared with it. */
  Optional<DataProfile> baselineOf(ModelKey key) {
    return Optional.ofNullable(baseline)
        .filter(known -> baselineSha256.equals(key.baselineSha256()));
  }
}
