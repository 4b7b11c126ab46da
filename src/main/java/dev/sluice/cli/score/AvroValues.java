package dev.sluice.cli.score;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * JSON values → the generic values of Avro, strictly: nothing is rounded to a whole number, cut to
 * fewer bits or made a text of. A whole number may be written with a point ({@code 1.0}), a
 * floating-point number that JSON has no word for as {@code "NaN"}, {@code "Infinity"} or {@code
 * "-Infinity"}, an event time or date as ISO 8601.
 */
final class AvroValues {
  private static final double EXACT = 1L << 53;

  private AvroValues() {}

  /**
   * @param what names the value in a message: {@code field hour}
   */
  static Object of(JsonNode value, Schema schema, String what) throws MalformedRowException {
    return switch (schema.getType()) {
      case UNION -> branch(value, schema, what);
      case NULL -> require(value.isNull(), null, value, schema, what);
      case BOOLEAN -> require(value.isBoolean(), value.booleanValue(), value, schema, what);
      case INT, LONG -> integer(value, schema, what);
      case FLOAT -> floating(value, schema, what).floatValue();
      case DOUBLE -> floating(value, schema, what);
      case STRING -> require(value.isTextual(), value.textValue(), value, schema, what);
      case ENUM -> symbol(value, schema, what);
      case BYTES, FIXED -> fitting(LogicalValues.decimal(value, schema), value, schema, what);
      case ARRAY -> array(value, schema, what);
      case MAP -> map(value, schema, what);
      case RECORD -> record(value, schema, what);
    };
  }

  private static Object branch(JsonNode value, Schema union, String what)
      throws MalformedRowException {
    List<Schema> branches =
        union.getTypes().stream().filter(s -> s.getType() != Schema.Type.NULL).toList();
    if (value.isNull() && union.isNullable()) {
      return null;
    }
    if (branches.size() == 1) {
      return of(value, branches.get(0), what);
    }
    for (Schema branch : branches) {
      try {
        return of(value, branch, what);
      } catch (MalformedRowException e) {
        continue; // the next branch may take it
      }
    }
    throw unfit(value, union, what);
  }

  private static Object fitting(Object result, JsonNode value, Schema schema, String what)
      throws MalformedRowException {
    return require(result != null, result, value, schema, what);
  }

  private static Object require(
      boolean fits, Object result, JsonNode value, Schema schema, String what)
      throws MalformedRowException {
    if (!fits) {
      throw unfit(value, schema, what);
    }
    return result;
  }

  private static Object integer(JsonNode value, Schema schema, String what)
      throws MalformedRowException {
    boolean isInt = schema.getType() == Schema.Type.INT;
    long number;
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      number = value.longValue();
    } else if (value.isFloatingPointNumber()
        && Math.abs(value.doubleValue()) < EXACT
        && isWhole(value)) {
      number = value.longValue();
    } else if (value.isTextual() && schema.getLogicalType() != null) {
      number = (Long) fitting(LogicalValues.time(value.textValue(), schema), value, schema, what);
    } else {
      throw unfit(value, schema, what);
    }
    if (isInt && number != (int) number) {
      throw unfit(value, schema, what);
    }
    return isInt ? (Object) (int) number : (Object) number;
  }

  private static boolean isWhole(JsonNode value) {
    if (!value.isBigDecimal()) {
      return value.doubleValue() == Math.rint(value.doubleValue());
    }
    BigDecimal number = value.decimalValue();
    return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
  }

  /** A decimal becomes a float at once: by way of a double it would be rounded twice. */
  private static Double floating(JsonNode value, Schema schema, String what)
      throws MalformedRowException {
    if (value.isTextual()) {
      Double special = SpecialNumbers.parse(value.textValue());
      if (special != null) {
        return special;
      }
    }
    boolean isFloat = schema.getType() == Schema.Type.FLOAT;
    double number = isFloat && value.isBigDecimal() ? value.floatValue() : value.doubleValue();
    if (!value.isNumber() || Double.isInfinite(isFloat ? (float) number : number)) {
      throw unfit(value, schema, what);
    }
    return number;
  }

  private static Object symbol(JsonNode value, Schema schema, String what)
      throws MalformedRowException {
    boolean known = value.isTextual() && schema.hasEnumSymbol(value.textValue());
    return require(known, new GenericData.EnumSymbol(schema, value.asText()), value, schema, what);
  }

  private static Object array(JsonNode value, Schema schema, String what)
      throws MalformedRowException {
    if (!value.isArray()) {
      throw unfit(value, schema, what);
    }
    List<Object> items = new ArrayList<>(value.size());
    for (int i = 0; i < value.size(); i++) {
      items.add(of(value.get(i), schema.getElementType(), what + "[" + i + "]"));
    }
    return items;
  }

  private static Object map(JsonNode value, Schema schema, String what)
      throws MalformedRowException {
    if (!value.isObject()) {
      throw unfit(value, schema, what);
    }
    Map<String, Object> entries = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String key = entry.getKey();
      entries.put(key, of(entry.getValue(), schema.getValueType(), what + "[" + key + "]"));
    }
    return entries;
  }

  private static Object record(JsonNode value, Schema schema, String what)
      throws MalformedRowException {
    if (!value.isObject()) {
      throw unfit(value, schema, what);
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      if (schema.getField(entry.getKey()) == null) {
        throw new MalformedRowException(
            what
                + " has "
                + MalformedRowException.shown(entry.getKey())
                + ", expected one of "
                + schema.getFields().stream().map(Schema.Field::name).toList());
      }
    }
    GenericData.Record record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      JsonNode part = value.get(field.name());
      String path = what + "." + field.name();
      if (part == null && !field.schema().isNullable()) {
        throw new MalformedRowException(path + " is missing, expected " + describe(field.schema()));
      }
      record.put(field.pos(), part == null ? null : of(part, field.schema(), path));
    }
    return record;
  }

  private static MalformedRowException unfit(JsonNode value, Schema schema, String what) {
    return new MalformedRowException(
        what + " is " + shown(value, schema) + ", expected " + describe(schema));
  }

  private static String shown(JsonNode value, Schema schema) {
    boolean exact = schema.getLogicalType() instanceof LogicalTypes.Decimal;
    if (!exact && value.isNumber() && Double.isInfinite(value.doubleValue())) {
      return "a number beyond double";
    }
    if (value.isNumber() && Double.isNaN(value.doubleValue())) {
      return value.asText(); // not in quotes, as JSON has it
    }
    return MalformedRowException.shown(
        !exact && isAsDouble(value) ? (Object) value.doubleValue() : value);
  }

  /** Returns whether the nearest double has the same digits. */
  private static boolean isAsDouble(JsonNode value) {
    return value.isBigDecimal()
        && BigDecimal.valueOf(value.doubleValue()).compareTo(value.decimalValue()) == 0;
  }

  /** Returns what a schema takes, for a person. */
  static String describe(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal decimal) {
      return "decimal(%d,%d)".formatted(decimal.getPrecision(), decimal.getScale());
    }
    if (logical != null) {
      boolean instant = logical.getName().startsWith("timestamp-");
      return logical.getName() + (instant ? ", a number or ISO 8601 with an offset" : "");
    }
    return switch (schema.getType()) {
      case UNION ->
          schema.getTypes().stream().map(AvroValues::describe).collect(Collectors.joining(" or "));
      case ENUM -> "one of " + schema.getEnumSymbols();
      case ARRAY -> "an array of " + describe(schema.getElementType());
      case RECORD -> "an object " + schema.getName();
      default -> schema.getType().getName();
    };
  }
}
