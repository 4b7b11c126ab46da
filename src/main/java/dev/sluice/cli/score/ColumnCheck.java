package dev.sluice.cli.score;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Holds the columns of a file against the fields that are wanted. */
final class ColumnCheck {
  private ColumnCheck() {}

  /**
   * Checks that a file has the columns that records cannot do without, and one at least.
   *
   * @param there names of fields that the file gives
   * @param columns names of the file's columns, for the message
   * @param notes takes a line for a person about columns that are not there
   * @throws IllegalArgumentException naming all that are missing
   */
  static void require(
      DataFile file,
      FileSchema schema,
      Collection<String> there,
      List<String> columns,
      Consumer<String> notes) {
    List<String> missing = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    for (FileField field : schema.fields()) {
      if (!there.contains(field.name())) {
        (field.required() ? missing : absent).add(field.name());
      }
    }
    boolean none = !absent.isEmpty() && absent.size() == schema.fields().size();
    if (!missing.isEmpty() || none) {
      throw new IllegalArgumentException(
          "%s has no column %s, expected one per feature%s; its columns are %s"
              .formatted(
                  file.path(),
                  Names.listed(missing.isEmpty() ? absent : missing),
                  spread(file, schema),
                  Names.listed(columns)));
    }
    if (!absent.isEmpty()) {
      notes.accept(
          "note: "
              + file.path()
              + " has no column "
              + Names.listed(absent)
              + ": null in every record");
    }
  }

  private static String spread(DataFile file, FileSchema schema) {
    FileField array = file.format() == DataFile.Format.CSV ? schema.onlyArray() : null;
    return array == null
        ? ""
        : ", or as many columns as it has elements, "
            + array.shape()
            + " (--input-map NAME=COLUMN,COLUMN names them)";
  }

  /**
   * Checks that a file has the column that rows are taken by.
   *
   * @throws IllegalArgumentException if it has not
   */
  static void requireSplit(DataFile file, Split split, List<String> columns) {
    if (!columns.contains(split.field())) {
      throw new IllegalArgumentException(
          "%s has no column %s, expected one to take rows by %s; its columns are %s"
              .formatted(file.path(), split.field(), split, Names.listed(columns)));
    }
  }
}
