package dev.sluice.decode;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * What logical types make of the numbers and bytes of a schema: in which unit a time is, and where
 * a decimal has its point. Fingerprints leave this out, so two schemas of one fingerprint may
 * differ in it.
 */
public final class LogicalMeanings {
  private LogicalMeanings() {}

  /** Returns the meaning of each type in a schema, in the order in which it has them. */
  public static List<String> of(Schema schema) {
    return of(schema, LogicalMeanings::meaning);
  }

  /**
   * Returns what reading makes of each type in a schema, in the order in which it has them: where a
   * decimal has its point, and in which unit an event time may be. That is milliseconds where
   * nothing is said; all other times are read as the numbers that they are.
   */
  public static List<String> inReading(Schema schema) {
    return of(schema, LogicalMeanings::inReading);
  }

  private static List<String> of(Schema schema, Function<LogicalType, String> meaning) {
    List<String> meanings = new ArrayList<>();
    collect(schema, new IdentityHashMap<>(), type -> meanings.add(meaning.apply(type)));
    return meanings;
  }

  private static void collect(
      Schema schema, IdentityHashMap<Schema, Boolean> seen, Consumer<LogicalType> types) {
    types.accept(schema.getLogicalType());
    switch (schema.getType()) {
      case RECORD -> {
        if (seen.put(schema, true) == null) {
          schema.getFields().forEach(field -> collect(field.schema(), seen, types));
        }
      }
      case UNION -> schema.getTypes().forEach(branch -> collect(branch, seen, types));
      case ARRAY -> collect(schema.getElementType(), seen, types);
      case MAP -> collect(schema.getValueType(), seen, types);
      default -> {}
    }
  }

  /** The precision of a decimal changes nothing, nor does what is said of a text. */
  private static String meaning(LogicalType type) {
    if (type instanceof LogicalTypes.Decimal decimal) {
      return "decimal of scale " + decimal.getScale();
    }
    return type == null || type.getName().equals("uuid") ? "" : type.getName();
  }

  private static String inReading(LogicalType type) {
    String meaning = meaning(type);
    boolean isOtherUnit = meaning.contains("timestamp-") && !meaning.endsWith("-millis");
    return isOtherUnit || type instanceof LogicalTypes.Decimal ? meaning : "";
  }
}
