package dev.sluice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;

/**
 * What people call the types of a schema: Avro's own names first, then those of NumPy, Python, SQL
 * and Spark.
 */
final class TypeNames {
  private TypeNames() {}

  /**
   * Returns the names of a type, in lower case; Avro's is the first, that of a decimal and not of
   * the bytes that hold it.
   */
  static List<String> of(Schema schema) {
    List<String> names = new ArrayList<>();
    names.add(schema.getType().getName());
    if (schema.getLogicalType() != null) {
      String logical = schema.getLogicalType().getName();
      names.add(logical.equals("decimal") ? 0 : 1, logical);
      if (schema.getLogicalType().getName().matches("(local-)?timestamp-.*|date|time-.*")) {
        return names; // nobody calls a time an integer
      }
    }
    names.addAll(
        switch (schema.getType()) {
          case BOOLEAN -> List.of("bool", "booleantype");
          case INT -> List.of("integer", "int32", "integertype");
          case LONG -> List.of("int", "integer", "int64", "bigint", "longtype");
          case FLOAT -> List.of("float32", "real", "floattype");
          case DOUBLE -> List.of("float", "float64", "double precision", "doubletype");
          case STRING, ENUM -> List.of("string", "str", "object", "text", "varchar", "stringtype");
          default -> List.<String>of();
        });
    return names;
  }

  /** Returns a stated name as the names of a type are: {@code VARCHAR(20)} is {@code varchar}. */
  static String plain(String name) {
    int parenthesis = name.indexOf('(');
    String bare = parenthesis < 0 ? name : name.substring(0, parenthesis);
    return bare.strip().toLowerCase(Locale.ROOT);
  }
}
