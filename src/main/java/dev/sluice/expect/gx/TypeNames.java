package dev.sluice.expect.gx;

import dev.sluice.record.ElementType;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The types that Great Expectations has, by their names in Python, pandas, Spark and SQL. */
final class TypeNames {
  private static final Set<ElementType> INTEGERS = EnumSet.of(ElementType.INT64, ElementType.INT32);
  private static final Set<ElementType> FLOATS = EnumSet.of(ElementType.DOUBLE, ElementType.FLOAT);
  private static final Map<String, Set<ElementType>> TYPES = new TreeMap<>();

  /** They are 64-bit integers here, whose type does not tell that they are points in time. */
  private static final Set<String> TIMES =
      Set.of(
          "datetime",
          "datetime64",
          "datetime64[ns]",
          "datetime_",
          "timestamp",
          "timestamptype",
          "timestamptz",
          "timestamp_ntz",
          "timestamp_tz",
          "datetime2",
          "datetimetzdtypetype",
          "date",
          "datetype",
          "time");

  static {
    put(INTEGERS, "int", "integer", "integertype", "integer_", "number", "numeric");
    put(Set.of(ElementType.INT64), "int64", "bigint", "long", "longtype", "int64dtype");
    put(Set.of(ElementType.INT32), "int32", "int32dtype");
    put(FLOATS, "float", "floattype", "real", "decimal", "decimaltype");
    put(
        Set.of(ElementType.DOUBLE),
        "float64",
        "double",
        "doubletype",
        "double_precision",
        "double precision",
        "float8",
        "float_");
    put(Set.of(ElementType.FLOAT), "float32");
    put(Set.of(ElementType.BOOL), "bool", "boolean", "booleantype", "bool_", "boolean_", "bit");
    put(
        Set.of(ElementType.STRING),
        "str",
        "string",
        "stringtype",
        "str_",
        "string_",
        "object",
        "object_",
        "o",
        "text",
        "varchar",
        "nvarchar",
        "char",
        "stringdtype");
  }

  private TypeNames() {}

  private static void put(Set<ElementType> types, String... names) {
    for (String name : names) {
      TYPES.put(name, types);
    }
  }

  /**
   * Returns the types that a name stands for.
   *
   * @throws Refusal if none of them is known here
   */
  static Set<ElementType> of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (TIMES.contains(lower)) {
      throw Refusal.unsupported(
          "type " + name + " cannot be told from integers: times are milliseconds since the epoch");
    }
    Set<ElementType> types = TYPES.get(lower);
    if (types == null) {
      throw Refusal.unsupported("type " + name + " is not known here");
    }
    return types;
  }
}
