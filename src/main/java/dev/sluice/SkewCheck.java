package dev.sluice;

import dev.sluice.model.ModelPackage;
import dev.sluice.model.verify.ColumnNames;
import dev.sluice.model.verify.Findings;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ElementColumns;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;

/**
 * Holds the features of a record against the data that the model was trained on: their types, units
 * and what it means that one is missing. None of it stops a job; each can make a model answer worse
 * than it did when it was measured.
 *
 * <p>A field's unit is its property {@code unit} in the Avro schema, or that of its type; the unit
 * in training is what {@code metadata.units} of MLmodel says, a map from feature to unit. A feature
 * may be named there as the field, as its input of the model, or as before a converter renamed it.
 */
public final class SkewCheck {
  private final Schema schema;
  private final DataProfile profile;
  private final FeatureLayout layout;
  private final Map<?, ?> units;
  private final ColumnNames unitNames;
  private final Findings findings = new Findings();

  private SkewCheck(Schema schema, FeatureLayout layout, DataProfile profile, Map<?, ?> units) {
    this.schema = schema;
    this.layout = layout;
    this.profile = profile;
    this.units = units;
    this.unitNames = new ColumnNames(units.keySet().stream().map(Object::toString).toList());
  }

  /**
   * Compares each feature that the layout has.
   *
   * @param layout made for the schema
   * @param profile of the training data; its columns that the layout lacks are left out
   * @return warnings and notes; no problems
   */
  public static Findings check(
      Schema schema, FeatureLayout layout, ModelPackage model, DataProfile profile) {
    Map<?, ?> units = model.statements().get("units") instanceof Map<?, ?> map ? map : Map.of();
    SkewCheck check = new SkewCheck(schema, layout, profile, units);
    for (FeatureColumn column : layout.columns()) {
      FieldPath field = FieldPath.of(check.schema, column.name());
      check.type(column);
      check.unit(column, field);
      check.missing(column, field);
      for (InputTensor input : layout.inputs()) {
        if (input.columns().contains(layout.indexOf(column.name()))) {
          check.hold(column, field, input);
        }
      }
    }
    return check.findings;
  }

  private void type(FeatureColumn column) {
    ElementType trained =
        ElementColumns.first(column.name(), profile).map(ColumnProfile::valueType).orElse(null);
    if (trained == null && !profile.columns().isEmpty()) {
      findings.warning(
          "feature %s is not in the data profile: only its type is checked, and no drift is told"
              .formatted(column.name()));
    }
    if (trained == null || trained == column.type()) {
      return;
    }
    String line =
        "feature %s is %s in records, but was %s in the training data"
            .formatted(column.name(), column.type(), trained);
    if (trained.holds(column.type()) || trained.isFloating() && column.type().isFloating()) {
      findings.note(line);
    } else {
      findings.warning(line);
    }
  }

  private void unit(FeatureColumn column, FieldPath field) {
    Object trained = trainedUnit(column);
    if (trained == null) {
      if (!units.isEmpty() && !field.unit().isEmpty()) {
        findings.note(
            "feature %s is in %s in records; the model's metadata.units does not name it"
                .formatted(column.name(), field.unit()));
      }
    } else if (field.unit().isEmpty()) {
      findings.note(
          "feature %s was in %s in the training data; the schema states no unit"
              .formatted(column.name(), trained));
    } else if (!field.unit().equals(trained.toString())) {
      findings.warning(
          "feature %s is in %s in records, but was in %s in the training data"
              .formatted(column.name(), field.unit(), trained));
    }
  }

  /** Returns the unit in training, null where none is stated. */
  private Object trainedUnit(FeatureColumn column) {
    List<String> stated = unitNames.candidates(column.name());
    if (!stated.isEmpty()) {
      return units.get(stated.get(0));
    }
    int index = layout.indexOf(column.name());
    return layout.inputs().stream()
        .filter(input -> input.columns().equals(List.of(index)))
        .map(input -> (Object) units.get(input.name()))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private void missing(FeatureColumn column, FieldPath field) {
    ColumnProfile trained = ElementColumns.first(column.name(), profile).orElse(null);
    if (trained == null || trained.rows() == 0) {
      return;
    }
    if (field.isNullable() && trained.missing() + trained.nan() == 0) {
      findings.note(
          "feature %s may be null in records, but was never missing in the training data (%d values)"
              .formatted(column.name(), trained.rows()));
    } else if (!field.isNullable() && trained.missing() > 0) {
      findings.warning(
          "feature %s is never null in records, but was missing in %d of %d values of the training data: what stands for a missing one?"
              .formatted(column.name(), trained.missing(), trained.rows()));
    }
  }

  private void hold(FeatureColumn column, FieldPath field, InputTensor input) {
    if (field.isNullable() && !input.type().canBeMissing()) {
      findings.warning(
          "feature %s may be null in records, but model input %s (%s) holds no missing value: such records are rejected"
              .formatted(column.name(), input.name(), input.type()));
    } else if (field.hasNullItems() && !column.type().canBeMissing()) {
      findings.warning(
          "feature %s may have null items in records, but arrays of %s hold no missing value, also for model input %s (%s): such records are rejected; items of float or double would reach it as NaN"
              .formatted(column.name(), column.type(), input.name(), input.type()));
    }
  }
}
