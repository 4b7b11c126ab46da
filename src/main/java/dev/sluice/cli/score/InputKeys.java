package dev.sluice.cli.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes apart what a row gives under the name of a model input that is filled from fields of other
 * names: an array of them in their order, nested in any way, or the one value.
 */
final class InputKeys {
  private final Map<String, List<String>> fieldsByInput = new HashMap<>();

  InputKeys(FileSchema file) {
    Map<String, String> names = new HashMap<>();
    file.fields().forEach(field -> names.put(field.field().name(), field.name()));
    file.inputs()
        .forEach(
            (input, fields) -> {
              // A path into a nested record is no key of a row.
              if (!names.containsValue(input) && names.keySet().containsAll(fields)) {
                fieldsByInput.put(input, fields.stream().map(names::get).toList());
              }
            });
  }

  /** Returns whether a key names such an input. */
  boolean has(String key) {
    return fieldsByInput.containsKey(key);
  }

  /** Returns the names in the file of the fields that such an input fills. */
  List<String> names(String key) {
    return fieldsByInput.get(key);
  }

  /** Returns the row with its fields in place of inputs. */
  ObjectNode spread(ObjectNode row) throws MalformedRowException {
    if (fieldsByInput.keySet().stream().noneMatch(row::has)) {
      return row;
    }
    ObjectNode spread = row.objectNode();
    for (Map.Entry<String, JsonNode> entry : row.properties()) {
      if (!has(entry.getKey())) {
        put(spread, entry.getKey(), entry.getValue());
        continue;
      }
      List<String> fields = fieldsByInput.get(entry.getKey());
      List<JsonNode> values = values(entry.getValue(), fields.size());
      if (values.size() != fields.size()) {
        throw new MalformedRowException(
            "input %s has %d values, expected %d: %s"
                .formatted(entry.getKey(), values.size(), fields.size(), Names.listed(fields)));
      }
      for (int i = 0; i < fields.size(); i++) {
        put(spread, fields.get(i), values.get(i));
      }
    }
    return spread;
  }

  private static void put(ObjectNode row, String field, JsonNode value)
      throws MalformedRowException {
    if (row.putIfAbsent(field, value) != null) {
      throw new MalformedRowException(
          "field %s is given twice, by itself and in an input, expected one of them"
              .formatted(field));
    }
  }

  private static List<JsonNode> values(JsonNode value, int fields) {
    if (fields == 1) {
      return List.of(value); // an array may be the field's own
    }
    List<JsonNode> values = new ArrayList<>();
    addValues(value, values);
    return values;
  }

  private static void addValues(JsonNode value, List<JsonNode> values) {
    if (value.isArray()) {
      value.forEach(element -> addValues(element, values));
    } else {
      values.add(value);
    }
  }
}
