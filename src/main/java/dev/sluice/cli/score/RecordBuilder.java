package dev.sluice.cli.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Makes records of what rows hold. */
final class RecordBuilder {
  private final FileSchema file;
  private final Map<String, FileField> byName = new HashMap<>();
  private final InputKeys inputs;
  private final String[] whats;

  RecordBuilder(FileSchema file) {
    this.file = file;
    this.whats = file.fields().stream().map(FileField::what).toArray(String[]::new);
    this.inputs = new InputKeys(file);
    file.fields().forEach(field -> byName.put(field.name(), field));
  }

  /**
   * Makes a record of an object, whose keys are fields, or inputs that are filled from fields. A
   * field that is not there is null, where it can be; a key that is neither is wrong.
   */
  GenericRecord of(ObjectNode given) throws MalformedRowException {
    ObjectNode row = inputs.spread(given);
    for (Map.Entry<String, JsonNode> entry : row.properties()) {
      if (!byName.containsKey(entry.getKey()) && !isSetLater(entry.getKey())) {
        throw new MalformedRowException(
            "the row has a field "
                + MalformedRowException.shown(entry.getKey())
                + ", expected one of "
                + names());
      }
    }
    GenericData.Record record = new GenericData.Record(file.schema());
    for (FileField field : file.fields()) {
      Schema schema = field.field().schema();
      JsonNode value = row.get(field.name());
      if (value != null) {
        record.put(field.field().pos(), value(field, value));
      } else if (!schema.isNullable()) {
        throw new MalformedRowException(
            field.what() + " is missing, expected " + AvroValues.describe(schema));
      }
    }
    return record;
  }

  private boolean isSetLater(String name) {
    return file.setLater().isPresent() && file.setLater().get().name().equals(name);
  }

  private String names() {
    return Names.listed(file.fields().stream().map(FileField::name).toList());
  }

  private static Object value(FileField field, JsonNode value) throws MalformedRowException {
    boolean nested = !field.shape().isEmpty() && value.isArray() && value.path(0).isArray();
    return AvroValues.of(nested ? flat(field, value) : value, field.field().schema(), field.what());
  }

  /** Makes a record of the cells of a row, one per field; null where the file has no column. */
  GenericRecord of(String[] cells) throws MalformedRowException {
    GenericData.Record record = new GenericData.Record(file.schema());
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] != null) {
        FileField field = file.fields().get(i);
        record.put(field.field().pos(), value(field, cells[i], whats[i]));
      }
    }
    return record;
  }

  private static Object value(FileField field, String cell, String what)
      throws MalformedRowException {
    return field.shape().isEmpty() || cell.isEmpty()
        ? CellValues.of(cell, field.field().schema(), what)
        : value(field, JsonLines.parse(what, cell));
  }

  /** Makes a record whose only field is an array of the cells, of which an empty one is null. */
  GenericRecord ofArray(List<String> cells) throws MalformedRowException {
    FileField field = file.onlyArray();
    Schema items = field.field().schema().getElementType();
    List<Object> values = new ArrayList<>(cells.size());
    for (int i = 0; i < cells.size(); i++) {
      values.add(CellValues.of(cells.get(i), items, field.what() + "[" + i + "]"));
    }
    GenericData.Record record = new GenericData.Record(file.schema());
    record.put(0, values);
    return record;
  }

  /** Returns the elements of a nested array, row-major. */
  private static ArrayNode flat(FileField field, JsonNode nested) throws MalformedRowException {
    ArrayNode elements = JsonNodeFactory.instance.arrayNode();
    flatten(field, nested, 0, elements);
    return elements;
  }

  private static void flatten(FileField field, JsonNode node, int level, ArrayNode elements)
      throws MalformedRowException {
    if (level == field.shape().size()) {
      elements.add(node);
      return;
    }
    int length = field.shape().get(level);
    if (!node.isArray() || (length != FileField.ANY && node.size() != length)) {
      throw new MalformedRowException(
          field.what()
              + " has "
              + (node.isArray() ? node.size() + " elements" : MalformedRowException.shown(node))
              + " at level "
              + (level + 1)
              + ", expected an array of shape "
              + field.shape());
    }
    for (JsonNode element : node) {
      flatten(field, element, level + 1, elements);
    }
  }
}
