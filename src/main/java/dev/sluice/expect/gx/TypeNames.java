package dev.sluice.expect.gx;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The types that Great Expectations has by their names in Python, pandas, Spark and SQL, as names
 * that mean one type of a schema each.
 */
final class TypeNames {
  private static final Set<String> INTEGERS = Set.of("int32", "int64");
  private static final Set<String> FLOATS = Set.of("float32", "double");
  private static final Set<String> DECIMALS = union(Set.of("decimal"), FLOATS);
  private static final Set<String> NUMBERS = union(DECIMALS, INTEGERS);
  private static final Set<String> TIMES =
      Set.of(
          "timestamp-millis",
          "timestamp-micros",
          "timestamp-nanos",
          "local-timestamp-millis",
          "local-timestamp-micros",
          "local-timestamp-nanos");
  private static final Map<String, Set<String>> TYPES = new TreeMap<>();

  static {
    put(INTEGERS, "int", "integer", "integertype", "integer_");
    put(NUMBERS, "number", "numeric");
    put(Set.of("int64"), "int64", "bigint", "long", "longtype", "int64dtype");
    put(Set.of("int32"), "int32", "int32dtype");
    put(FLOATS, "float", "floattype", "real");
    put(DECIMALS, "decimal", "decimaltype");
    put(Set.of("double"), "float64", "double", "doubletype", "double_precision", "float8");
    put(Set.of("double"), "double precision", "float_");
    put(Set.of("float32"), "float32");
    put(Set.of("boolean"), "bool", "boolean", "booleantype", "bool_", "boolean_", "bit");
    put(Set.of("string"), "str", "string", "stringtype", "str_", "string_", "object", "object_");
    put(Set.of("string"), "o", "text", "varchar", "nvarchar", "char", "stringdtype");
    put(TIMES, "datetime", "datetime64", "datetime64[ns]", "datetime_", "datetime2", "timestamp");
    put(TIMES, "timestamptype", "timestamptz", "timestamp_ntz", "timestamp_tz");
    put(TIMES, "datetimetzdtypetype");
    put(Set.of("date"), "date", "datetype");
  }

  private TypeNames() {}

  private static Set<String> union(Set<String> some, Set<String> others) {
    return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
  }

  private static void put(Set<String> types, String... names) {
    for (String name : names) {
      TYPES.put(name, types);
    }
  }

  /**
   * Returns the types of a schema that a name stands for.
   *
   * @throws Refusal if it is not known here
   */
  static Set<String> of(String name) {
    Set<String> types = TYPES.get(name.toLowerCase(Locale.ROOT));
    if (types == null) {
      throw Refusal.unsupported("type " + name + " is not known here");
    }
    return types;
  }
}
