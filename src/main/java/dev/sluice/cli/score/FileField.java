package dev.sluice.cli.score;

import static java.util.Objects.requireNonNull;

import dev.sluice.model.TensorInfo;
import java.util.List;
import org.apache.avro.Schema;

/**
 * One field of a record and what a file calls it.
 *
 * @param name the column's or key's name in the file, which need be no Avro name
 * @param field the field of the record's schema
 * @param shape the dimensions of an array that may be given nested, {@value #ANY} for one of any
 *     length; empty for any other field
 * @param required whether a CSV file has to have a column for it
 */
record FileField(String name, Schema.Field field, List<Integer> shape, boolean required) {
  /** The dimension of an array whose length may vary; as {@link TensorInfo#DYNAMIC}. */
  static final int ANY = (int) TensorInfo.DYNAMIC;

  FileField {
    requireNonNull(name, "name is null");
    requireNonNull(field, "field is null");
    shape = List.copyOf(shape);
  }

  /** Returns whether it is an array, or null, whose items are no arrays. */
  boolean isFlatArray() {
    Schema value = CellReader.valueOf(field.schema());
    if (value == null || value.getType() != Schema.Type.ARRAY) {
      return false;
    }
    Schema item = CellReader.valueOf(value.getElementType());
    return item != null && item.getType() != Schema.Type.ARRAY;
  }

  FileField withShape(List<Integer> dimensions) {
    return new FileField(name, field, dimensions, required);
  }

  /** Returns the same field where the file calls it otherwise. */
  FileField called(String column) {
    return new FileField(column, field, shape, required);
  }

  /** Returns the name for a message. */
  String what() {
    return "field " + name;
  }
}
