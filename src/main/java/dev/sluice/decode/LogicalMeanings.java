package dev.sluice.decode;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
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
    List<String> meanings = new ArrayList<>();
    collect(schema, new IdentityHashMap<>(), meanings);
    return meanings;
  }

  private static void collect(
      Schema schema, IdentityHashMap<Schema, Boolean> seen, List<String> meanings) {
    meanings.add(meaning(schema.getLogicalType()));
    switch (schema.getType()) {
      case RECORD -> {
        if (seen.put(schema, true) == null) {
          schema.getFields().forEach(field -> collect(field.schema(), seen, meanings));
        }
      }
      case UNION -> schema.getTypes().forEach(branch -> collect(branch, seen, meanings));
      case ARRAY -> collect(schema.getElementType(), seen, meanings);
      case MAP -> collect(schema.getValueType(), seen, meanings);
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
}
