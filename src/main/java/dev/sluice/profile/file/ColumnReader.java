package dev.sluice.profile.file;

import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.ValueSet;
import dev.sluice.profile.BlockVariation;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.record.ElementType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Turns JSON into the profile of one column and checks that its counts agree. */
final class ColumnReader {
  private static final Set<ExpectationType> OF_NUMBERS =
      EnumSet.of(ExpectationType.RANGE, ExpectationType.NOT_NAN, ExpectationType.FINITE);
  private static final Set<ExpectationType> OF_TEXTS =
      EnumSet.of(ExpectationType.SET, ExpectationType.LENGTH);
  private static final Set<ExpectationType> NOT_OF_INTEGERS = EnumSet.of(ExpectationType.LENGTH);
  private static final int MAX_NOTE = 4096;

  private ColumnReader() {}

  static ColumnProfile read(JsonFields fields) {
    ElementType type = fields.oneOf("valueType", ElementType.class);
    if (type == ElementType.SCORES || type != type.published()) {
      throw fields.failureAt("valueType", type, "a type of single values");
    }
    ColumnProfile profile =
        fields.build(
            () ->
                type == ElementType.STRING
                    ? TextsReader.read(fields)
                    : NumbersReader.read(fields, type));
    List<Expectation> expectations =
        fields.objects("expectations", e -> ExpectationReader.ofColumn(e, profile.name()));
    for (int i = 0; i < expectations.size(); i++) {
      checkExpectation(fields, "expectations[" + i + "].", expectations.get(i), type);
    }
    ColumnDrift drift = fields.has("drift") ? DriftJson.read(fields.fields("drift")) : null;
    String note = note(fields);
    List<BlockVariation> variation = VariationJson.read(fields);
    fields.finish();
    return profile
        .withExpectations(expectations)
        .withDrift(drift)
        .withNote(note)
        .withVariation(variation);
  }

  private static String note(JsonFields fields) {
    String note = fields.has("note") ? fields.text("note") : "";
    if (note.length() > MAX_NOTE) {
      throw fields.failureAt("note", note.length() + " characters", "at most " + MAX_NOTE);
    }
    return note;
  }

  private static void checkExpectation(
      JsonFields fields, String place, Expectation expectation, ElementType type) {
    Set<ExpectationType> numeric = type.isIntegral() ? NOT_OF_INTEGERS : OF_TEXTS;
    Set<ExpectationType> wrong = type == ElementType.STRING ? OF_NUMBERS : numeric;
    if (wrong.contains(expectation.type())) {
      throw fields.failureAt(place + "type", expectation.type(), "one for values of type " + type);
    }
    if (type.isIntegral()) {
      if (expectation.parameters() instanceof ValueSet set) {
        for (String value : set.values()) {
          checkInteger(fields, place + "values", value);
        }
      }
    }
  }

  private static void checkInteger(JsonFields fields, String place, String value) {
    try {
      Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw fields.failureAt(place, value, "whole numbers of 64 bits");
    }
  }
}
