package dev.sluice.cli.score;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.avro.Schema;

/**
 * One field of a record and what a file calls it.
 *
 * @param name the column's or key's name in the file, which need be no Avro name
 * @param field the field of the record's schema
 * @param shape the dimensions of an array that may be given nested; empty for any other field
 * @param required whether a CSV file has to have a column for it
 */
record FileField(String name, Schema.Field field, List<Integer> shape, boolean required) {
  FileField {
    requireNonNull(name, "name is null");
    requireNonNull(field, "field is null");
    shape = List.copyOf(shape);
  }

  /** Returns the name for a message. */
  String what() {
    return "field " + name;
  }
}
