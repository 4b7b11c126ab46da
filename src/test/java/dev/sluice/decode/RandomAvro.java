package dev.sluice.decode;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** Random schemas and records of them, a function of the seed. */
final class RandomAvro {
  private static final double[] NUMBERS = {
    0,
    -0.0,
    1,
    -1.5,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    Math.PI
  };
  private static final long[] INTEGERS = {
    0, -1, 1, 63, 64, -64, -65, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE
  };

  private final Random random;
  private int names;

  RandomAvro(long seed) {
    this.random = new Random(seed);
  }

  Schema record(int depth) {
    Schema record = Schema.createRecord("R" + names++, null, "test", false);
    List<Schema.Field> fields = new ArrayList<>();
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      fields.add(new Schema.Field("f" + i, field(depth)));
    }
    record.setFields(fields);
    return record;
  }

  private Schema field(int depth) {
    return switch (random.nextInt(depth > 0 ? 12 : 9)) {
      case 0, 1, 2 -> scalar();
      case 3 -> Schema.createUnion(nothing(), scalar());
      case 4 -> Schema.createUnion(scalar(), nothing());
      case 5 -> Schema.createUnion(of(Schema.Type.FLOAT), nothing(), of(Schema.Type.DOUBLE));
      case 6 -> Schema.createUnion(of(Schema.Type.LONG), of(Schema.Type.INT), nothing());
      case 7 -> Schema.createUnion(nothing(), of(Schema.Type.STRING), enumeration());
      case 8 -> Schema.createArray(scalar());
      case 9 -> record(depth - 1);
      case 10 -> Schema.createUnion(nothing(), record(depth - 1));
      default -> unwanted(depth - 1);
    };
  }

  private Schema unwanted(int depth) {
    return switch (random.nextInt(6)) {
      case 0 -> Schema.createMap(field(depth));
      case 1 -> Schema.createArray(field(depth));
      case 2 -> of(Schema.Type.BYTES);
      case 3 -> Schema.createFixed("F" + names++, null, "test", random.nextInt(20));
      case 4 -> Schema.createArray(nothing());
      default -> nothing();
    };
  }

  private Schema scalar() {
    return switch (random.nextInt(12)) {
      case 0 -> of(Schema.Type.BOOLEAN);
      case 1 -> of(Schema.Type.INT);
      case 2 -> of(Schema.Type.LONG);
      case 3 -> of(Schema.Type.FLOAT);
      case 4 -> of(Schema.Type.DOUBLE);
      case 5 -> of(Schema.Type.STRING);
      case 6 -> enumeration();
      case 7 -> LogicalTypes.decimal(12, 3).addToSchema(of(Schema.Type.BYTES));
      case 8 ->
          LogicalTypes.decimal(12, 2)
              .addToSchema(Schema.createFixed("D" + names++, null, "test", 6));
      case 9 -> LogicalTypes.date().addToSchema(of(Schema.Type.INT));
      case 10 -> LogicalTypes.timestampMicros().addToSchema(of(Schema.Type.LONG));
      default -> LogicalTypes.timestampNanos().addToSchema(of(Schema.Type.LONG));
    };
  }

  private Schema enumeration() {
    return SchemaBuilder.enumeration("E" + names++).namespace("test").symbols("A", "B", "C");
  }

  private static Schema nothing() {
    return of(Schema.Type.NULL);
  }

  private static Schema of(Schema.Type type) {
    return Schema.create(type);
  }

  GenericRecord datum(Schema record) {
    return (GenericRecord) value(record);
  }

  private Object value(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> null;
      case BOOLEAN -> random.nextBoolean();
      case INT -> random.nextBoolean() ? random.nextInt() : random.nextInt(100);
      case LONG ->
          random.nextBoolean() ? random.nextLong() : INTEGERS[random.nextInt(INTEGERS.length)];
      case FLOAT -> (float) number();
      case DOUBLE -> number();
      case STRING -> new Utf8(text());
      case ENUM ->
          new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(random.nextInt(3)));
      case BYTES -> ByteBuffer.wrap(bytes(1 + random.nextInt(6)));
      case FIXED -> new GenericData.Fixed(schema, bytes(schema.getFixedSize()));
      case UNION -> value(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
      case ARRAY -> array(schema);
      case MAP -> map(schema);
      case RECORD -> {
        GenericRecord record = new GenericData.Record(schema);
        schema.getFields().forEach(f -> record.put(f.pos(), value(f.schema())));
        yield record;
      }
    };
  }

  private double number() {
    return random.nextBoolean() ? random.nextGaussian() : NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private String text() {
    int length = random.nextInt(10) == 0 ? random.nextInt(2000) : random.nextInt(6);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(random.nextBoolean() ? "aé北".charAt(random.nextInt(3)) + "" : "\uD83D\uDE00");
    }
    return text.toString();
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private Object array(Schema schema) {
    int length = random.nextInt(10) == 0 ? random.nextInt(100) : random.nextInt(4);
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      items.add(value(schema.getElementType()));
    }
    return new GenericData.Array<>(schema, items);
  }

  private Object map(Schema schema) {
    Map<Utf8, Object> map = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(new Utf8(text()), value(schema.getValueType()));
    }
    return map;
  }
}
