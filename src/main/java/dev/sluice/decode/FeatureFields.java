package dev.sluice.decode;

import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.Padding;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** What a record schema offers as features: its scalar and array fields, by dotted path. */
public final class FeatureFields {
  private FeatureFields() {}

  /**
   * Returns the feature at a path: a scalar, or an array that is not nested.
   *
   * @param path field names joined by dots
   * @param width the number of elements wanted: 1 for a scalar, the fixed length for an array
   * @throws IllegalArgumentException if there is no such field or no feature can be made of it
   */
  public static FeatureColumn column(Schema record, String path, int width) {
    return column(record, path, List.of(width), Padding.NONE);
  }

  /**
   * Returns the feature at a path, nested as the field is: for shape [24, 4], an array of 96 items,
   * or one of 24 arrays of 4.
   *
   * @param path field names joined by dots
   * @param shape the shape of the elements wanted, 1 element for a scalar
   * @param padding the dimension of that shape whose length may vary; a scalar takes none
   * @throws IllegalArgumentException if there is no such field or no feature can be made of it
   */
  public static FeatureColumn column(
      Schema record, String path, List<Integer> shape, Padding padding) {
    Schema schema = require(record, path);
    ElementType type = typeOf(schema);
    if (type == null) {
      throw new IllegalArgumentException(
          "feature "
              + path
              + " has type "
              + schema
              + ", expected a boolean, number, string, enum, decimal, or an array or nullable of one");
    }
    int width = ArrayNesting.product(shape);
    int depth = ArrayNesting.depth(nonNull(schema).get(0));
    if (depth == 0 && width != 1) {
      throw new IllegalArgumentException(
          "feature " + path + " is a single value, expected an array of " + width);
    }
    return ArrayNesting.column(new FeatureColumn(path, type, width, shape, padding), depth);
  }

  /**
   * Checks that a column can be read from the field of its name.
   *
   * @throws IllegalArgumentException if there is no such field, or its values do not fit
   */
  static void requireReadable(Schema record, FeatureColumn column) {
    ElementType from = column(record, column.name(), column.shape(), column.padding()).type();
    ElementType to = column.type();
    if (from != to && !isPromotion(from, to)) {
      throw new IllegalArgumentException(
          "feature " + column.name() + " is " + from + ", expected what fits into " + to);
    }
  }

  /** Returns whether Avro reads values of one type as another: always a wider one. */
  private static boolean isPromotion(ElementType from, ElementType to) {
    return switch (from) {
      case INT32 -> to == ElementType.INT64 || to == ElementType.FLOAT || to == ElementType.DOUBLE;
      case INT64 -> to == ElementType.FLOAT || to == ElementType.DOUBLE;
      case FLOAT -> to == ElementType.DOUBLE;
      default -> false;
    };
  }

  /**
   * Returns the paths of all scalar fields, depth first, in the schema's order. Fields of a time
   * (timestamp-*, local-timestamp-*, date, time-*) are left out: time goes on, so neither the range
   * nor the distribution of the training data holds for later records. They can be columns all the
   * same where they are named.
   */
  public static List<String> scalars(Schema record) {
    List<String> paths = new ArrayList<>();
    collect(
        record,
        "",
        paths,
        new LinkedHashSet<>(),
        types -> types.stream().noneMatch(type -> isArray(type) || isTime(type)));
    return paths;
  }

  /**
   * Returns the paths of all array fields that are not nested, depth first, in the schema's order;
   * arrays of times are left out, as {@link #scalars} leaves out times.
   */
  public static List<String> arrays(Schema record) {
    List<String> paths = new ArrayList<>();
    collect(record, "", paths, new LinkedHashSet<>(), types -> isArray(types, false));
    return paths;
  }

  /** Returns the paths of all fields of arrays in arrays, as {@link #arrays} those of others. */
  public static List<String> nestedArrays(Schema record) {
    List<String> paths = new ArrayList<>();
    collect(record, "", paths, new LinkedHashSet<>(), types -> isArray(types, true));
    return paths;
  }

  private static boolean isArray(List<Schema> types, boolean nested) {
    return types.size() == 1
        && isArray(types.get(0))
        && ArrayNesting.depth(types.get(0)) > 1 == nested
        && nonNull(ArrayNesting.items(types.get(0))).stream().noneMatch(FeatureFields::isTime);
  }

  private static void collect(
      Schema record,
      String path,
      List<String> paths,
      Set<Schema> above,
      Predicate<List<Schema>> wanted) {
    if (!above.add(record)) {
      return; // a recursive schema offers no more by going round again
    }
    for (Schema.Field field : record.getFields()) {
      String name = child(path, field.name());
      List<Schema> types = nonNull(field.schema());
      if (types.size() == 1 && types.get(0).getType() == Schema.Type.RECORD) {
        collect(types.get(0), name, paths, above, wanted);
      } else if (typeOf(field.schema()) != null && wanted.test(types)) {
        paths.add(name);
      }
    }
    above.remove(record);
  }

  /** Returns whether the field at a path holds one value, and not an array of them. */
  public static boolean isScalar(Schema record, String path) {
    return nonNull(require(record, path)).stream().noneMatch(s -> s.getType() == Schema.Type.ARRAY);
  }

  /**
   * Checks that a field can hold the event time.
   *
   * @throws IllegalArgumentException if there is no such field or it has another type
   */
  public static void requireEventTime(Schema record, String path) {
    for (Schema type : nonNull(require(record, path))) {
      EventTimeUnit.of(path, type);
    }
  }

  /**
   * Returns the unit since the epoch in which the field at a path, or each element of it, can hold
   * points in time as whole numbers of 64 bits, milliseconds where its type does not say; empty
   * where it has none, or branches of a union differ.
   */
  public static Optional<ChronoUnit> times(Schema record, String path) {
    Set<Optional<ChronoUnit>> units =
        nonNull(require(record, path)).stream()
            .flatMap(
                type -> isArray(type) ? nonNull(type.getElementType()).stream() : Stream.of(type))
            .filter(type -> type.getType() == Schema.Type.LONG)
            .map(FeatureFields::timesOf)
            .collect(Collectors.toSet());
    return units.size() == 1 ? units.iterator().next() : Optional.empty();
  }

  private static Optional<ChronoUnit> timesOf(Schema type) {
    String logical = type.getLogicalType() == null ? "" : type.getLogicalType().getName();
    return switch (logical) {
      case "time-micros" -> Optional.empty(); // of a day, without a date
      case "timestamp-micros", "local-timestamp-micros" -> Optional.of(ChronoUnit.MICROS);
      case "timestamp-nanos", "local-timestamp-nanos" -> Optional.of(ChronoUnit.NANOS);
      default -> Optional.of(ChronoUnit.MILLIS);
    };
  }

  /** Returns whether a record has a field at a path of names joined by dots. */
  public static boolean has(Schema record, String path) {
    Schema schema = record;
    for (String name : path.split("\\.", -1)) {
      Schema.Field field = field(nonNull(schema), name);
      if (field == null) {
        return false;
      }
      schema = field.schema();
    }
    return true;
  }

  private static Schema.Field field(List<Schema> types, String name) {
    return types.size() == 1 && types.get(0).getType() == Schema.Type.RECORD
        ? types.get(0).getField(name)
        : null;
  }

  /** Returns the schema of the field at a path. */
  static Schema require(Schema record, String path) {
    Schema schema = record;
    String walked = "";
    for (String name : path.split("\\.", -1)) {
      List<Schema> types = nonNull(schema);
      Schema.Field field = field(types, name);
      if (field == null) {
        throw new IllegalArgumentException(
            "features.schema: record "
                + record.getFullName()
                + " has no field "
                + path
                + (walked.isEmpty() ? "" : " (" + walked + " has no " + name + ")")
                + ", expected "
                + offered(walked, types));
      }
      walked = child(walked, name);
      schema = field.schema();
    }
    return schema;
  }

  private static String offered(String walked, List<Schema> types) {
    if (types.size() != 1 || types.get(0).getType() != Schema.Type.RECORD) {
      return "a record, got " + types;
    }
    return types.get(0).getFields().stream()
        .map(field -> child(walked, field.name()))
        .collect(Collectors.joining(", ", "one of ", ""));
  }

  static String child(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static List<Schema> nonNull(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return List.of(schema);
    }
    return schema.getTypes().stream().filter(s -> s.getType() != Schema.Type.NULL).toList();
  }

  /** Returns the widest element type over a union's branches, or null where none holds all. */
  private static ElementType typeOf(Schema schema) {
    ElementType result = null;
    List<Schema> branches = nonNull(schema);
    for (Schema branch : branches) {
      ElementType type = elementType(branch);
      if (type == null
          || (result != null && !sameFamily(result, type))
          || ArrayNesting.depth(branch) != ArrayNesting.depth(branches.get(0))) {
        return null;
      }
      result = result == null || type.bytes() > result.bytes() ? type : result;
    }
    return result;
  }

  private static boolean isArray(Schema schema) {
    return schema.getType() == Schema.Type.ARRAY;
  }

  private static boolean isTime(Schema schema) {
    String name = schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
    return name.equals("date")
        || name.startsWith("time-")
        || name.startsWith("timestamp-")
        || name.startsWith("local-timestamp-");
  }

  private static boolean sameFamily(ElementType a, ElementType b) {
    return a == b || (a.isFloating() && b.isFloating()) || (a.isIntegral() && b.isIntegral());
  }

  private static ElementType elementType(Schema schema) {
    return switch (schema.getType()) {
      case BOOLEAN -> ElementType.BOOL;
      case INT -> ElementType.INT32;
      case LONG -> ElementType.INT64;
      case FLOAT -> ElementType.FLOAT;
      case DOUBLE -> ElementType.DOUBLE;
      case STRING, ENUM -> ElementType.STRING;
      case BYTES, FIXED ->
          schema.getLogicalType() instanceof LogicalTypes.Decimal ? ElementType.DOUBLE : null;
      case ARRAY -> itemType(schema.getElementType());
      default -> null;
    };
  }

  /** Items may be null, nested arrays may not. */
  private static ElementType itemType(Schema items) {
    boolean scalars = nonNull(items).stream().noneMatch(FeatureFields::isArray);
    return items.getType() != Schema.Type.UNION || scalars ? typeOf(items) : null;
  }
}
