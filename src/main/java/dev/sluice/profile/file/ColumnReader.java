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
  private static final Set<ExpectationType> OF_TEXTS = EnumSet.of(ExpectationType.LENGTH);
  private static final int MAX_NOTE = 4096;

  private ColumnReader() {}

  /**
   * @param reader of its expectations
   */
  static ColumnProfile read(JsonFields fields, ExpectationReader reader) {
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
        fields.objects("expectations", e -> reader.ofColumn(e, profile.name(), type));
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
    Set<ExpectationType> wrong = type == ElementType.STRING ? OF_NUMBERS : OF_TEXTS;
    if (wrong.contains(expectation.type())) {
      throw fields.failureAt(place + "type", expectation.type(), "one for values of type " + type);
    }
    boolean isOfValues = expectation.type() != ExpectationType.SCHEMA_TYPE; // that is of types
    if (isOfValues && expectation.parameters() instanceof ValueSet set) {
      for (String value : set.values()) {
        checkValue(fields, place + "values", value, type);
      }
    }
  }

  private static void checkValue(JsonFields fields, String place, String value, ElementType type) {
    boolean isWord = value.equals("true") || value.equals("false");
    if (type == ElementType.STRING || type == ElementType.BOOL && isWord) {
      return;
    }
    String expected = type.isFloating() ? "finite numbers" : "whole numbers of 64 bits";
    try {
      if (type.isFloating() ? Double.isFinite(Double.parseDouble(value)) : isWhole(value)) {
        return;
      }
    } catch (NumberFormatException e) {
      // no number at all: told as one that is not finite
    }
    throw fields.failureAt(
        place, value, type == ElementType.BOOL ? "true, false or whole numbers" : expected);
  }

  /**
   * @throws NumberFormatException if it is not
   */
  private static boolean isWhole(String value) {
    Long.parseLong(value);
    return true;
  }
}
