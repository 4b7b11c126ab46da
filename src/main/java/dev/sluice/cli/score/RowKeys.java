package dev.sluice.cli.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Puts the names of fields in place of a row's keys that mean them, see {@link RenamedColumns}. */
final class RowKeys {
  private final DataFile file;
  private final FileSchema schema;
  private final InputKeys inputs;
  private final Consumer<String> notes;
  private final Set<String> fields;
  private final Set<String> noted = new HashSet<>();
  private List<String> keys = List.of();
  private RenamedColumns renamed = RenamedColumns.NONE;
  private Map<String, String> fieldByKey = Map.of();

  /**
   * @param notes takes a line for a person about keys that are named otherwise than fields
   */
  RowKeys(DataFile file, FileSchema schema, Consumer<String> notes) {
    this.file = file;
    this.schema = schema;
    this.inputs = new InputKeys(schema);
    this.notes = notes;
    this.fields = schema.names();
  }

  /** Returns the row with the keys that mean fields named as these are. */
  ObjectNode named(ObjectNode row) throws MalformedRowException {
    List<String> given = new ArrayList<>(row.size());
    row.fieldNames().forEachRemaining(given::add);
    if (given.stream().allMatch(key -> fields.contains(key) || inputs.has(key))) {
      return row;
    }
    if (!given.equals(keys)) {
      take(given);
    }
    if (!renamed.problems().isEmpty()) {
      throw new MalformedRowException(renamed.problems().get(0));
    }
    if (fieldByKey.isEmpty()) {
      return row;
    }
    ObjectNode named = row.objectNode();
    for (Map.Entry<String, JsonNode> entry : row.properties()) {
      named.set(fieldByKey.getOrDefault(entry.getKey(), entry.getKey()), entry.getValue());
    }
    return named;
  }

  /** Finds out what keys mean; those of the next row are mostly the same. */
  private void take(List<String> given) {
    keys = given;
    renamed = RenamedColumns.of(schema, given, inputs::has);
    fieldByKey = new HashMap<>();
    renamed.columns().forEach((field, key) -> fieldByKey.put(key, field));
    if (!renamed.problems().isEmpty()) {
      return; // rows with these keys are malformed
    }
    Map<String, String> added = new LinkedHashMap<>(renamed.columns());
    added.keySet().removeIf(field -> !noted.add(field));
    if (!added.isEmpty()) {
      notes.accept(RenamedColumns.note(file, added));
    }
  }
}
