package dev.sluice.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.profile.DriftSignKind;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.ProfileKind;
import java.io.IOException;
import java.util.Locale;

/** Single values that several documents write alike. */
final class Values {
  private static final DriftSignKind[] SIGNS = DriftSignKind.values();

  /** Significant digits that a float keeps. */
  private static final int SINGLE_DIGITS = 7;

  /** All whole numbers up to this one are floats. */
  private static final double WHOLE_SINGLES = 1 << 24;

  private Values() {}

  /** Writes a number, null where it is none; a float in as few digits as tell it from others. */
  static void number(JsonGenerator json, String name, double number) throws IOException {
    json.writeFieldName(name);
    number(json, number);
  }

  static void number(JsonGenerator json, double number) throws IOException {
    if (!Double.isFinite(number)) {
      json.writeNull();
    } else if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      json.writeNumber((long) number);
    } else if ((float) number == number) {
      json.writeNumber((float) number);
    } else {
      json.writeNumber(number);
    }
  }

  /**
   * Writes a number that was kept as a float. Of one beyond those whose last digit before the point
   * a float holds, the digits that are sure of it.
   */
  static void single(JsonGenerator json, double number) throws IOException {
    boolean isRough = Double.isFinite(number) && Math.abs(number) > WHOLE_SINGLES;
    number(json, isRough ? rounded(number) : number);
  }

  private static double rounded(double number) {
    int digits = (int) Math.floor(Math.log10(Math.abs(number))) + 1;
    double power = Math.pow(10, digits - SINGLE_DIGITS);
    return Math.rint(number / power) * power;
  }

  static void number(JsonGenerator json, String name, Double number) throws IOException {
    number(json, name, number == null ? Double.NaN : number.doubleValue());
  }

  static void time(JsonGenerator json, String name, Long millis) throws IOException {
    if (millis == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, millis);
    }
  }

  /** Writes the kinds of signs that bits stand for. */
  static void signs(JsonGenerator json, int bits) throws IOException {
    json.writeStartArray();
    for (DriftSignKind sign : SIGNS) {
      if ((bits & 1 << sign.ordinal()) != 0) {
        json.writeString(sign.name());
      }
    }
    json.writeEndArray();
  }

  /** Writes what a window says of an expectation. */
  static void result(JsonGenerator json, ExpectationResult result) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", result.type().name());
    json.writeStringField("expectation", result.expectation());
    json.writeArrayFieldStart("columns");
    for (String column : result.columns()) {
      json.writeString(column);
    }
    json.writeEndArray();
    json.writeStringField("severity", result.severity().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("evaluated", result.evaluated());
    json.writeNumberField("unexpected", result.unexpected());
    number(json, "share", result.share());
    number(json, "mostly", result.mostly());
    json.writeStringField("observed", result.observed());
    json.writeFieldName("met");
    if (result.met() == null) {
      json.writeNull();
    } else {
      json.writeBoolean(result.met());
    }
    json.writeStringField("reason", result.reason());
    json.writeEndObject();
  }

  static String kind(ProfileKind kind) {
    return kind.name();
  }
}
