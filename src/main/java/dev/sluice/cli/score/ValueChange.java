package dev.sluice.cli.score;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;

/** Makes the values that are meant of those that Avro has read. */
interface ValueChange {
  ValueChange NONE = value -> value;

  /**
   * @param value a generic value, which may be changed itself
   * @throws MalformedRowException if what is meant cannot be held
   */
  Object of(Object value) throws MalformedRowException;

  /** The items of an array. */
  record Items(ValueChange change) implements ValueChange {
    @Override
    public Object of(Object value) throws MalformedRowException {
      @SuppressWarnings("unchecked")
      List<Object> items = (List<Object>) value;
      for (int i = 0; i < items.size(); i++) {
        items.set(i, change.of(items.get(i)));
      }
      return items;
    }
  }

  /** The values of a map. */
  record Entries(ValueChange change) implements ValueChange {
    @Override
    public Object of(Object value) throws MalformedRowException {
      @SuppressWarnings("unchecked")
      Map<Object, Object> entries = (Map<Object, Object>) value;
      for (Map.Entry<Object, Object> entry : entries.entrySet()) {
        entry.setValue(change.of(entry.getValue()));
      }
      return entries;
    }
  }

  /** The values of a union's branches, by the names of their types; others stay as they are. */
  record Branches(Map<String, ValueChange> changes) implements ValueChange {
    @Override
    public Object of(Object value) throws MalformedRowException {
      return changes.getOrDefault(type(value), NONE).of(value);
    }

    private static String type(Object value) {
      if (value instanceof Integer) {
        return "int";
      }
      if (value instanceof Long) {
        return "long";
      }
      if (value instanceof GenericRecord record) {
        return record.getSchema().getFullName();
      }
      return value instanceof Collection ? "array" : value instanceof Map ? "map" : "";
    }
  }

  /** The fields of a record; it may be within itself, so that it is told by identity. */
  final class Fields implements ValueChange {
    private final Map<Integer, ValueChange> changes = new HashMap<>();

    void add(int position, ValueChange change) {
      changes.put(position, change);
    }

    boolean isEmpty() {
      return changes.isEmpty();
    }

    @Override
    public Object of(Object value) throws MalformedRowException {
      GenericRecord record = (GenericRecord) value;
      for (Map.Entry<Integer, ValueChange> entry : changes.entrySet()) {
        int position = entry.getKey();
        record.put(position, entry.getValue().of(record.get(position)));
      }
      return record;
    }
  }
}
