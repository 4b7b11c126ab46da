package dev.sluice.validate;

import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.InputTensor;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Checks a row against all expectations of its columns. */
public final class RecordValidator {
  private final ColumnValidator[] validators;

  private RecordValidator(List<ColumnValidator> validators) {
    this.validators = validators.toArray(new ColumnValidator[0]);
  }

  /**
   * Compiles the expectations of a profile for a layout.
   *
   * @param eventTimeField path of the event time, empty for Kafka's timestamp
   * @param maxAhead how far an event time may be after Kafka's timestamp
   */
  public static RecordValidator compile(
      FeatureLayout layout, DataProfile profile, String eventTimeField, Duration maxAhead) {
    List<ColumnValidator> validators = new ArrayList<>();
    validators.add(new EventTimeValidator(eventTimeField, maxAhead));
    for (int i = 0; i < layout.columns().size(); i++) {
      FeatureColumn column = layout.columns().get(i);
      List<Expectation> expectations =
          new ArrayList<>(
              profile.column(column.name()).map(ColumnProfile::expectations).orElse(List.of()));
      // The model's type is what counts; the profile's is there for a person to read.
      expectations.removeIf(e -> e.type() == ExpectationType.TYPE);
      if (isRequiredByModel(layout, i)) {
        expectations.removeIf(e -> e.type() == ExpectationType.PRESENT);
        expectations.add(Expectation.of(ExpectationType.PRESENT, column.name(), Severity.CRITICAL));
      }
      List<TypeRange> narrower = narrowerTypes(layout, i);
      if (!expectations.isEmpty() || !narrower.isEmpty()) {
        validators.add(
            column.type() == ElementType.STRING
                ? new TextValidator(column, i, layout.elementOffset(i), expectations)
                : new NumberValidator(column, i, layout.elementOffset(i), narrower, expectations));
      }
    }
    return new RecordValidator(validators);
  }

  /** Returns the types of the inputs that take a column of numbers, but not every value of it. */
  private static List<TypeRange> narrowerTypes(FeatureLayout layout, int column) {
    ElementType type = layout.columns().get(column).type();
    return layout.inputs().stream()
        .filter(input -> input.columns().contains(column) && type != ElementType.STRING)
        .map(InputTensor::type)
        .distinct()
        .filter(input -> TypeRange.isNarrower(input, type))
        .map(TypeRange::new)
        .toList();
  }

  private static boolean isRequiredByModel(FeatureLayout layout, int column) {
    for (InputTensor input : layout.inputs()) {
      if (input.columns().contains(column) && !input.type().canBeMissing()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Checks a row; what it does not meet is added to its violations.
   *
   * @return whether the row is valid: no violation is critical
   */
  public boolean check(FeatureRow row) {
    for (ColumnValidator validator : validators) {
      validator.check(row);
    }
    if (row.violations().isEmpty()) {
      return true;
    }
    for (Violation violation : row.violations()) {
      if (violation.severity() == Severity.CRITICAL) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the violation that a rejected row is said to be rejected for.
   *
   * @throws IllegalStateException if no violation is critical
   */
  public static Violation firstCritical(FeatureRow row) {
    for (Violation violation : row.violations()) {
      if (violation.severity() == Severity.CRITICAL) {
        return violation;
      }
    }
    throw new IllegalStateException("row was rejected without a critical violation");
  }
}
