package dev.sluice.cli.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** The Avro type that a Parquet field is read as where no schema says another. */
public final class AvroTypes {
  private AvroTypes() {}

  /**
   * Returns the type of a field, a union with null where it may be null.
   *
   * @return null where there is none: bytes that are no text, maps of others, empty groups
   */
  public static Schema of(Type field) {
    return of(field, field.getName());
  }

  private static Schema of(Type field, String path) {
    if (field.isRepetition(Type.Repetition.REPEATED)) {
      Schema items = value(field, path);
      return items == null ? null : Schema.createArray(items);
    }
    Schema value = value(field, path);
    return value == null || field.isRepetition(Type.Repetition.REQUIRED)
        ? value
        : Schema.createUnion(Schema.create(Schema.Type.NULL), value);
  }

  private static Schema value(Type field, String path) {
    if (field.isPrimitive()) {
      return leaf(field.asPrimitiveType());
    }
    GroupType group = field.asGroupType();
    LogicalTypeAnnotation meaning = group.getLogicalTypeAnnotation();
    if (meaning instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation
        && ListShape.isList(group)) {
      Type element = ListShape.element(group);
      Schema items =
          ListShape.isElement(group) ? value(element, path + "_item") : of(element, path + "_item");
      return items == null ? null : Schema.createArray(items);
    }
    if (meaning instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation
        && ListShape.isMap(group)) {
      Schema values = of(group.getType(0).asGroupType().getType(1), path + "_value");
      return values == null ? null : Schema.createMap(values);
    }
    return record(group, path);
  }

  private static Schema record(GroupType group, String path) {
    List<Schema.Field> fields = new ArrayList<>();
    for (Type field : group.getFields()) {
      Schema schema = of(field, path + "_" + field.getName());
      if (schema == null || !isName(field.getName())) {
        return null; // a row's object has all fields, so a record that lacks one takes none
      }
      fields.add(new Schema.Field(field.getName(), schema));
    }
    String name = path.replaceAll("[^A-Za-z0-9_]", "_");
    return fields.isEmpty()
        ? null
        : Schema.createRecord(isName(name) ? name : "_" + name, null, "", false, fields);
  }

  private static boolean isName(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_]*");
  }

  private static Schema leaf(PrimitiveType type) {
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      return LogicalTypes.decimal(decimal.getPrecision(), decimal.getScale())
          .addToSchema(Schema.create(Schema.Type.BYTES));
    }
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case FLOAT -> Schema.create(Schema.Type.FLOAT);
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case INT96 -> LogicalTypes.timestampNanos().addToSchema(Schema.create(Schema.Type.LONG));
      case INT32, INT64 -> integer(type, meaning);
      case BINARY -> isText(meaning) ? Schema.create(Schema.Type.STRING) : null;
      case FIXED_LEN_BYTE_ARRAY -> fixed(meaning);
    };
  }

  private static boolean isText(LogicalTypeAnnotation meaning) {
    return meaning instanceof StringLogicalTypeAnnotation
        || meaning instanceof EnumLogicalTypeAnnotation
        || meaning instanceof JsonLogicalTypeAnnotation;
  }

  private static Schema fixed(LogicalTypeAnnotation meaning) {
    if (meaning instanceof Float16LogicalTypeAnnotation) {
      return Schema.create(Schema.Type.FLOAT);
    }
    return meaning instanceof UUIDLogicalTypeAnnotation ? Schema.create(Schema.Type.STRING) : null;
  }

  private static Schema integer(PrimitiveType type, LogicalTypeAnnotation meaning) {
    if (meaning instanceof DateLogicalTypeAnnotation) {
      return LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
    }
    Schema number = Schema.create(Schema.Type.LONG);
    if (meaning instanceof TimestampLogicalTypeAnnotation timestamp) {
      return switch (timestamp.getUnit()) {
        case MILLIS -> LogicalTypes.timestampMillis().addToSchema(number);
        case MICROS -> LogicalTypes.timestampMicros().addToSchema(number);
        case NANOS -> LogicalTypes.timestampNanos().addToSchema(number);
      };
    }
    if (meaning instanceof TimeLogicalTypeAnnotation time) {
      return switch (time.getUnit()) {
        case MILLIS -> LogicalTypes.timeMillis().addToSchema(Schema.create(Schema.Type.INT));
        case MICROS -> LogicalTypes.timeMicros().addToSchema(number);
        case NANOS -> number;
      };
    }
    boolean wide =
        type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.INT64
            || meaning instanceof IntLogicalTypeAnnotation integer
                && !integer.isSigned()
                && integer.getBitWidth() == Integer.SIZE;
    return wide ? number : Schema.create(Schema.Type.INT);
  }
}
