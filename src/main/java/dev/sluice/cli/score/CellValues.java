package dev.sluice.cli.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Locale;
import org.apache.avro.Schema;

/**
 * The cells of a CSV file → the JSON values that {@link AvroValues} takes: a cell is what the
 * field's type makes of it, and stays a text where that is nothing. An array, map or record is a
 * cell of JSON; an empty cell is null, or the empty text where a text cannot be null.
 */
final class CellValues {
  /** Longer texts are no number that anybody wrote down; parsing them takes time. */
  private static final int MAX_NUMBER = 1000;

  private static final int DATE_LENGTH = "2013-03-01".length();

  private CellValues() {}

  /**
   * Returns the generic value of a cell.
   *
   * @param what names the value in a message: {@code field hour}
   */
  static Object of(String cell, Schema schema, String what) throws MalformedRowException {
    if (schema.getType() != Schema.Type.UNION) {
      return AvroValues.of(json(cell, schema, what), schema, what);
    }
    if (cell.isEmpty() && schema.isNullable()) {
      return null;
    }
    MalformedRowException first = null;
    for (Schema branch : schema.getTypes()) {
      if (branch.getType() != Schema.Type.NULL) {
        try {
          return of(cell, branch, what);
        } catch (MalformedRowException e) {
          first = first == null ? e : first;
        }
      }
    }
    if (first == null || schema.getTypes().size() > 2) {
      return AvroValues.of(TextNode.valueOf(cell), schema, what);
    }
    throw first;
  }

  private static JsonNode json(String cell, Schema schema, String what)
      throws MalformedRowException {
    if (cell.isEmpty() && schema.getType() != Schema.Type.STRING) {
      return NullNode.getInstance();
    }
    return switch (schema.getType()) {
      case BOOLEAN -> bool(cell);
      case INT, LONG -> integer(cell.strip());
      case FLOAT, DOUBLE -> floating(cell.strip(), schema.getType() == Schema.Type.FLOAT);
      case BYTES, FIXED -> decimal(cell.strip());
      case ARRAY, MAP, RECORD -> JsonLines.parse(what, cell);
      default -> text(cell, what);
    };
  }

  /** What the decoder of the file put in place of bytes that are no UTF-8 is not the text meant. */
  private static JsonNode text(String cell, String what) throws MalformedRowException {
    if (cell.indexOf('\uFFFD') >= 0) {
      throw new MalformedRowException(
          what + " is " + MalformedRowException.shown(cell) + ", expected a text in UTF-8");
    }
    return TextNode.valueOf(cell);
  }

  private static JsonNode bool(String cell) {
    if (cell.equalsIgnoreCase("true") || cell.equalsIgnoreCase("false")) {
      return BooleanNode.valueOf(cell.equalsIgnoreCase("true"));
    }
    return TextNode.valueOf(cell);
  }

  private static JsonNode integer(String cell) {
    if (cell.length() > DATE_LENGTH && cell.charAt(4) == '-' && cell.charAt(7) == '-') {
      return TextNode.valueOf(cell); // a time, and no number: failing to parse it takes long
    }
    try {
      return LongNode.valueOf(Long.parseLong(cell));
    } catch (NumberFormatException e) {
      boolean pointed = cell.indexOf('.') >= 0 || cell.indexOf('e') >= 0 || cell.indexOf('E') >= 0;
      return pointed ? floating(cell, false) : TextNode.valueOf(cell);
    }
  }

  /** Reads a float from its decimal digits at once: by way of a double it would round twice. */
  private static JsonNode floating(String cell, boolean isFloat) {
    double simple = ShortDecimals.parse(cell, isFloat);
    if (!Double.isNaN(simple)) {
      return isFloat ? FloatNode.valueOf((float) simple) : DoubleNode.valueOf(simple);
    }
    if (isNumeric(cell)) {
      try {
        double number = isFloat ? Float.parseFloat(cell) : Double.parseDouble(cell);
        if (!Double.isInfinite(number)) {
          return isFloat ? FloatNode.valueOf((float) number) : DoubleNode.valueOf(number);
        }
      } catch (NumberFormatException e) {
        return TextNode.valueOf(cell);
      }
    }
    return TextNode.valueOf(special(cell));
  }

  /** Returns the word of JSON lines for what other writers of CSV call nan or inf. */
  private static String special(String cell) {
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "nan" -> "NaN";
      case "inf", "+inf", "infinity", "+infinity" -> "Infinity";
      case "-inf", "-infinity" -> "-Infinity";
      default -> cell;
    };
  }

  private static JsonNode decimal(String cell) {
    try {
      if (isNumeric(cell)) {
        BigDecimal number = new BigDecimal(cell);
        if (Math.abs((long) number.scale()) <= MAX_NUMBER) {
          return DecimalNode.valueOf(number);
        }
      }
    } catch (NumberFormatException e) {
      return TextNode.valueOf(cell);
    }
    return TextNode.valueOf(cell);
  }

  /**
   * Returns whether a text has only what numbers have in JSON and CSV, not what Java reads as well,
   * such as 1f or 0x1p3. It may be no number yet.
   */
  private static boolean isNumeric(String cell) {
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return false;
      }
    }
    return cell.length() <= MAX_NUMBER;
  }

  /** Returns the floating-point number that a text holds, or null. */
  static Double number(String text) {
    JsonNode number = floating(text.strip(), false);
    if (number.isTextual()) {
      return SpecialNumbers.parse(number.textValue());
    }
    return number.doubleValue();
  }
}
