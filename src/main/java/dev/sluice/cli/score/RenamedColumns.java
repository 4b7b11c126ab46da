package dev.sluice.cli.score;

import dev.sluice.model.verify.ColumnNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a file calls fields that have no column, or key, of their own name in it: the one whose name
 * a converter makes the same, such as {@code mean radius} for {@code mean_radius}.
 *
 * @param columns names in the file by those of the fields
 * @param problems a line per field that can be several columns, or column that can be several
 *     fields
 */
record RenamedColumns(Map<String, String> columns, List<String> problems) {
  static final RenamedColumns NONE = new RenamedColumns(Map.of(), List.of());

  /**
   * @param names of the file's columns, or of a row's keys
   * @param isInput whether a name is that of a model input, which fills its fields already
   */
  static RenamedColumns of(FileSchema schema, Collection<String> names, Predicate<String> isInput) {
    Set<String> fields = schema.names();
    List<String> others =
        names.stream().filter(name -> !fields.contains(name) && !isInput.test(name)).toList();
    if (others.isEmpty()) {
      return NONE;
    }
    Set<String> there = new HashSet<>(names);
    ColumnNames offered = new ColumnNames(others);
    Map<String, String> columns = new LinkedHashMap<>();
    Map<String, String> fieldByColumn = new HashMap<>();
    List<String> problems = new ArrayList<>();
    for (FileField field : schema.fields()) {
      List<String> candidates =
          there.contains(field.name()) ? List.of() : offered.candidates(field.name());
      if (candidates.size() > 1) {
        problems.add(
            "field %s can be each of %s, expected one of them"
                .formatted(field.name(), Names.listed(candidates)));
      } else if (candidates.size() == 1) {
        String column = candidates.get(0);
        columns.put(field.name(), column);
        String other = fieldByColumn.putIfAbsent(column, field.name());
        if (other != null) {
          problems.add(
              "%s can be each of the fields %s and %s, expected one for each"
                  .formatted(column, other, field.name()));
        }
      }
    }
    return new RenamedColumns(columns, problems);
  }

  /**
   * Returns a schema with its fields named as a file has them.
   *
   * @param names of the file's columns
   * @param notes takes a line for a person about those that are named otherwise
   * @throws IllegalArgumentException if it is not clear which column a field is
   */
  static FileSchema resolve(
      DataFile file,
      FileSchema schema,
      List<String> names,
      Predicate<String> isInput,
      Consumer<String> notes) {
    RenamedColumns renamed = of(schema, names, isInput);
    if (!renamed.problems.isEmpty()) {
      throw new IllegalArgumentException(file.path() + ": " + String.join("; ", renamed.problems));
    }
    if (renamed.columns.isEmpty()) {
      return schema;
    }
    notes.accept(note(file, renamed.columns));
    return schema.called(renamed.columns);
  }

  /** Returns a line for a person about fields that a file calls otherwise. */
  static String note(DataFile file, Map<String, String> columns) {
    List<String> lines = new ArrayList<>();
    columns.forEach((field, column) -> lines.add(column + " is the field " + field));
    return "note: " + file.path() + ": " + ColumnNames.listed(lines);
  }
}
