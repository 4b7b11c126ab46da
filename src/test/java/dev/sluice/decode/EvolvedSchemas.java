package dev.sluice.decode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;

/**
 * Random readers of a writer's schema: fields dropped, added, renamed by alias and reordered, types
 * promoted and wrapped in unions, symbols lost, and now and then something that nobody can read.
 */
final class EvolvedSchemas {
  private final Random random;
  private final Map<String, Schema> named = new HashMap<>();

  EvolvedSchemas(long seed) {
    this.random = new Random(seed);
  }

  /** Returns a reader for records of a writer. */
  Schema reader(Schema writer) {
    named.clear();
    return record(writer);
  }

  private Schema record(Schema writer) {
    Schema known = named.get(writer.getFullName());
    if (known != null) {
      return known;
    }
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : writer.getFields()) {
      int fate = random.nextInt(10);
      if (fate == 0) {
        continue;
      }
      Schema.Field evolved =
          new Schema.Field(fate == 1 ? field.name() + "x" : field.name(), type(field.schema()));
      if (fate == 1) {
        evolved.addAlias(field.name());
      }
      fields.add(evolved);
    }
    for (int added = random.nextInt(3); added > 0; added--) {
      fields.add(added("added" + added));
    }
    Collections.shuffle(fields, random);
    Schema reader =
        Schema.createRecord(writer.getName(), null, writer.getNamespace(), false, fields);
    named.put(writer.getFullName(), reader);
    return reader;
  }

  private Schema.Field added(String name) {
    Schema text = of(Schema.Type.STRING);
    return switch (random.nextInt(12)) {
      case 0 -> new Schema.Field(name, of(Schema.Type.INT), null, 7);
      case 1 -> new Schema.Field(name, of(Schema.Type.LONG), null, 1L << 40);
      case 2 -> new Schema.Field(name, of(Schema.Type.FLOAT), null, 0.1f);
      case 3 -> new Schema.Field(name, of(Schema.Type.DOUBLE), null, Math.PI);
      case 4 -> new Schema.Field(name, of(Schema.Type.BOOLEAN), null, true);
      case 5 -> new Schema.Field(name, text, null, "north");
      case 6 ->
          new Schema.Field(
              name, Schema.createUnion(nothing(), text), null, Schema.Field.NULL_DEFAULT_VALUE);
      case 7 -> new Schema.Field(name, Schema.createUnion(text, nothing()), null, "south");
      case 8 ->
          new Schema.Field(
              name, Schema.createArray(of(Schema.Type.DOUBLE)), null, List.of(1.5, 2.5));
      case 9 -> new Schema.Field(name, Schema.createArray(of(Schema.Type.LONG)), null, List.of());
      case 10 -> {
        Schema inner = Schema.createRecord(name + "Record", null, "test", false);
        inner.setFields(List.of(new Schema.Field("x", of(Schema.Type.DOUBLE), null, 2.5)));
        yield new Schema.Field(name, inner, null, Map.of("x", 4.5));
      }
      default ->
          random.nextInt(8) == 0
              ? new Schema.Field(name, of(Schema.Type.INT))
              : new Schema.Field(name, of(Schema.Type.INT), null, -1);
    };
  }

  private Schema type(Schema writer) {
    Schema evolved = random.nextInt(25) == 0 ? of(Schema.Type.BOOLEAN) : same(writer);
    boolean wrap = evolved.getType() != Schema.Type.UNION && random.nextInt(4) == 0;
    if (!wrap || evolved.getType() == Schema.Type.NULL) {
      return evolved;
    }
    return random.nextBoolean()
        ? Schema.createUnion(nothing(), evolved)
        : Schema.createUnion(evolved, nothing());
  }

  private Schema same(Schema writer) {
    return switch (writer.getType()) {
      case INT -> promoted(writer, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE);
      case LONG -> promoted(writer, Schema.Type.FLOAT, Schema.Type.DOUBLE);
      case FLOAT -> promoted(writer, Schema.Type.DOUBLE);
      case BYTES -> writer.getLogicalType() == null ? promoted(writer, Schema.Type.STRING) : writer;
      case ENUM -> enumeration(writer);
      case RECORD -> record(writer);
      case ARRAY -> Schema.createArray(same(writer.getElementType()));
      case MAP -> Schema.createMap(same(writer.getValueType()));
      case UNION -> union(writer);
      default -> writer;
    };
  }

  private Schema promoted(Schema writer, Schema.Type... types) {
    int pick = random.nextInt(2 * types.length + 1);
    return pick < types.length ? of(types[pick]) : writer;
  }

  private Schema enumeration(Schema writer) {
    Schema known = named.get(writer.getFullName());
    if (known == null) {
      List<String> symbols =
          switch (random.nextInt(3)) {
            case 0 -> List.of("C", "A");
            case 1 -> List.of("D", "B", "A", "C");
            default -> writer.getEnumSymbols();
          };
      String unknown = random.nextBoolean() ? symbols.get(0) : null;
      known = Schema.createEnum(writer.getName(), null, writer.getNamespace(), symbols, unknown);
      named.put(writer.getFullName(), known);
    }
    return known;
  }

  /** Branches may be lost, and change places. */
  private Schema union(Schema writer) {
    List<Schema> types = new ArrayList<>();
    for (Schema branch : writer.getTypes()) {
      if (random.nextInt(8) > 0) {
        types.add(branch.getType() == Schema.Type.NULL ? branch : same(branch));
      }
    }
    Map<String, Schema> distinct = new HashMap<>();
    types.forEach(type -> distinct.putIfAbsent(type.getFullName(), type));
    List<Schema> branches = new ArrayList<>(distinct.values());
    Collections.shuffle(branches, random);
    if (branches.isEmpty()) {
      return writer;
    }
    return branches.size() == 1 ? branches.get(0) : Schema.createUnion(branches);
  }

  private static Schema nothing() {
    return of(Schema.Type.NULL);
  }

  private static Schema of(Schema.Type type) {
    return Schema.create(type);
  }
}
