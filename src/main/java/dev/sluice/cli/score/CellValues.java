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
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/**
 * The cells of a CSV file → the JSON values that {@link AvroValues} takes: a cell is what the
 * field's type makes of it, and stays a text where that is nothing. An array, map or record is a
 * cell of JSON; an empty cell is null, or the empty text where a text cannot be null.
 */
final class CellValues {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");

  /** Longer texts are no number that anybody wrote down; parsing them takes time. */
  private static final int MAX_NUMBER = 1000;

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
      default -> TextNode.valueOf(cell);
    };
  }

  private static JsonNode bool(String cell) {
    if (cell.equalsIgnoreCase("true") || cell.equalsIgnoreCase("false")) {
      return BooleanNode.valueOf(cell.equalsIgnoreCase("true"));
    }
    return TextNode.valueOf(cell);
  }

  private static JsonNode integer(String cell) {
    try {
      return LongNode.valueOf(Long.parseLong(cell));
    } catch (NumberFormatException e) {
      return isNumber(cell) && cell.matches(".*[.eE].*")
          ? DoubleNode.valueOf(Double.parseDouble(cell))
          : TextNode.valueOf(cell);
    }
  }

  /** Reads a float from its decimal digits at once: by way of a double it would round twice. */
  private static JsonNode floating(String cell, boolean isFloat) {
    if (!isNumber(cell)) {
      return TextNode.valueOf(special(cell));
    }
    return isFloat
        ? FloatNode.valueOf(Float.parseFloat(cell))
        : DoubleNode.valueOf(Double.parseDouble(cell));
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
    return isNumber(cell) ? DecimalNode.valueOf(new BigDecimal(cell)) : TextNode.valueOf(cell);
  }

  /** Returns whether a text is a number as JSON and CSV write it, not Java's 1f or 0x1p3. */
  private static boolean isNumber(String cell) {
    return cell.length() <= MAX_NUMBER && NUMBER.matcher(cell).matches();
  }

  /** Returns the floating-point number that a text holds, or null. */
  static Double number(String text) {
    String stripped = text.strip();
    return isNumber(stripped)
        ? (Double) Double.parseDouble(stripped)
        : SpecialNumbers.parse(special(stripped));
  }
}
