package dev.sluice.cli.letters;

import dev.sluice.cli.inspect.Shown;
import dev.sluice.record.Reason;
import org.apache.avro.generic.GenericRecord;

/**
 * One expectation that a record did not meet, as one line: column, value, expectation, its bound
 * where the expectation does not say it, reason code and severity.
 */
final class ViolationText {
  private ViolationText() {}

  /**
   * @param violation of the schema {@code RejectedViolation} or {@code ViolationRecord}
   */
  static String of(GenericRecord violation) {
    String expectation = text(violation, "expectation");
    String bound = text(violation, "bound");
    return claim(violation)
        + (expectation.contains(bound) ? "" : ", bound " + bound)
        + " ("
        + text(violation, "reason")
        + ", "
        + text(violation, "severity")
        + ")";
  }

  /** Returns whether the line says the same as a letter's message, which then is not needed. */
  static boolean says(GenericRecord violation, String message) {
    return Shown.text(message).equals("feature " + claim(violation));
  }

  private static String claim(GenericRecord violation) {
    String reason = text(violation, "reason");
    String value = text(violation, "value");
    if (value.isEmpty()) {
      value = reason.equals(Reason.MISSING.name()) ? "missing" : "empty";
    }
    return text(violation, "column")
        + " is "
        + value
        + ", expected "
        + text(violation, "expectation");
  }

  private static String text(GenericRecord violation, String field) {
    return Shown.text(violation.get(field));
  }
}
