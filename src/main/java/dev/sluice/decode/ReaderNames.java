package dev.sluice.decode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * A writer's schema in the names of its reader: fields that the reader finds by an alias have the
 * reader's names, whatever their record is called, and so have types that it finds by an alias or
 * by their name in another namespace. Whoever compares names then needs no aliases.
 *
 * <p>Of a writer's field, its own name goes before an alias; of a type, the full name before an
 * alias of the same namespace, before the unqualified name, before an unqualified alias.
 */
final class ReaderNames {
  /** The property of a type with the reader's name that holds the writer's. */
  private static final String WRITTEN = "sluice.written-name";

  private ReaderNames() {}

  /**
   * Returns the writer's schema as it is to be resolved; what does not go by another name there is
   * the same object as before. Defaults are left out, since a writer's play no part.
   *
   * @param reader the whole of it
   * @param part what is wanted of the reader, as {@link ReaderProjection} returns it
   */
  static Schema of(Schema writer, Schema reader, Schema part) {
    return type(writer, reader, part, Set.of());
  }

  /** Returns the full name that the writer gave a type. */
  static String written(Schema type) {
    String written = type.getProp(WRITTEN);
    return written == null ? type.getFullName() : written;
  }

  /**
   * @param taken full names that the type cannot have, unless it has it already
   */
  private static Schema type(Schema writer, Schema reader, Schema part, Set<String> taken) {
    if (writer.getType() == Schema.Type.UNION) {
      return union(writer, reader, part);
    }
    if (reader.getType() == Schema.Type.UNION) {
      int branch = branch(writer, reader.getTypes());
      return branch < 0
          ? writer
          : type(writer, reader.getTypes().get(branch), part.getTypes().get(branch), taken);
    }
    if (writer.getType() != reader.getType()) {
      return writer;
    }
    return switch (writer.getType()) {
      case RECORD -> record(writer, reader, part, name(writer, reader, taken));
      case ENUM, FIXED -> named(writer, name(writer, reader, taken));
      case ARRAY -> array(writer, reader, part);
      default -> writer;
    };
  }

  /** Two branches cannot have one name: the second then keeps its own. */
  private static Schema union(Schema writer, Schema reader, Schema part) {
    Set<String> taken = new HashSet<>();
    writer.getTypes().forEach(branch -> taken.add(branch.getFullName()));
    List<Schema> branches = new ArrayList<>();
    boolean same = true;
    for (Schema branch : writer.getTypes()) {
      Schema found = type(branch, reader, part, taken);
      taken.add(found.getFullName());
      branches.add(found);
      same &= found == branch;
    }
    return same ? writer : Schema.createUnion(branches);
  }

  /** Returns which branch of the reader's union is the nearest to a type, -1 where none is. */
  private static int branch(Schema writer, List<Schema> types) {
    int nearest = -1;
    for (int i = 0; i < types.size(); i++) {
      boolean nearer =
          types.get(i).getType() == writer.getType()
              && (nearest < 0
                  || distance(writer, types.get(i)) < distance(writer, types.get(nearest)));
      nearest = nearer ? i : nearest;
    }
    return nearest;
  }

  private static Schema array(Schema writer, Schema reader, Schema part) {
    Schema items =
        type(writer.getElementType(), reader.getElementType(), part.getElementType(), Set.of());
    return items == writer.getElementType() ? writer : Schema.createArray(items);
  }

  private static Schema named(Schema writer, String name) {
    return Objects.equals(name, writer.getFullName())
        ? writer
        : withWritten(Unaliased.named(writer, name), writer);
  }

  private static Schema record(Schema writer, Schema reader, Schema part, String name) {
    Map<String, String> aliases = aliases(reader);
    List<Schema.Field> fields = new ArrayList<>();
    boolean same = Objects.equals(name, writer.getFullName());
    for (Schema.Field field : writer.getFields()) {
      Schema.Field read = reader.getField(aliases.getOrDefault(field.name(), field.name()));
      Schema.Field wanted = read == null ? null : part.getField(read.name());
      Schema.Field found = wanted == null ? same(field) : field(field, read, wanted);
      fields.add(found);
      same &= found.name().equals(field.name()) && found.schema() == field.schema();
    }
    return same
        ? writer
        : withWritten(Schema.createRecord(name, null, null, false, fields), writer);
  }

  private static Schema.Field same(Schema.Field field) {
    return new Schema.Field(field.name(), field.schema());
  }

  private static Schema.Field field(Schema.Field writer, Schema.Field reader, Schema.Field wanted) {
    return new Schema.Field(
        reader.name(), type(writer.schema(), reader.schema(), wanted.schema(), Set.of()));
  }

  /** Returns a record's fields by their aliases, without those that are names of its fields. */
  private static Map<String, String> aliases(Schema record) {
    Map<String, String> aliases = new HashMap<>();
    for (Schema.Field field : record.getFields()) {
      for (String alias : field.aliases()) {
        if (record.getField(alias) == null) {
          aliases.put(alias, field.name());
        }
      }
    }
    return aliases;
  }

  private static String name(Schema writer, Schema reader, Set<String> taken) {
    String name = reader.getFullName();
    return distance(writer, reader) < Integer.MAX_VALUE && !taken.contains(name)
        ? name
        : writer.getFullName();
  }

  /** Returns how far the names of two types are from each other, 0 for the same. */
  private static int distance(Schema writer, Schema reader) {
    String name = writer.getFullName();
    if (reader.getFullName().equals(name)) {
      return 0;
    }
    Set<String> aliases = reader.getAliases();
    if (aliases.contains(name) || aliases.contains("." + name)) { // so without a namespace
      return 1;
    }
    if (reader.getName().equals(writer.getName())) {
      return 2;
    }
    boolean alike =
        aliases.stream()
            .anyMatch(
                alias -> alias.substring(alias.lastIndexOf('.') + 1).equals(writer.getName()));
    return alike ? 3 : Integer.MAX_VALUE;
  }

  private static Schema withWritten(Schema type, Schema writer) {
    if (!Objects.equals(type.getFullName(), writer.getFullName())) {
      type.addProp(WRITTEN, writer.getFullName());
    }
    return type;
  }
}
