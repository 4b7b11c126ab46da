package dev.sluice.cli.score;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;

/** Makes the values that are meant of those that Avro has read. */
interface ValueChange {
  ValueChange NONE = value -> value;

  /**
   * @param value a generic value, which may be changed itself
   * @throws MalformedRowException if what is meant cannot be held
   */
  Object of(Object value) throws MalformedRowException;

  /** What cannot be read as is meant. */
  record Refusal(String message) implements ValueChange {
    @Override
    public Object of(Object value) throws MalformedRowException {
      throw new MalformedRowException(message);
    }
  }

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
      if (value instanceof ByteBuffer) {
        return "bytes";
      }
      if (value instanceof GenericRecord || value instanceof GenericFixed) {
        return ((GenericContainer) value).getSchema().getFullName();
      }
      return value instanceof Collection ? "array" : value instanceof Map ? "map" : "";
    }
  }

  /** The fields of a record; it may be within itself, so that it is told by identity. */
  final class Fields implements ValueChange {
    private final Map<Integer, ValueChange> changes = new HashMap<>();
    private String refusal;

    void add(int position, ValueChange change) {
      changes.put(position, change);
    }

    /** Says that no such record can be read as is meant: there may be more within others. */
    void refuse(String message) {
      refusal = message;
    }

    boolean isEmpty() {
      return changes.isEmpty();
    }

    @Override
    public Object of(Object value) throws MalformedRowException {
      if (refusal != null) {
        throw new MalformedRowException(refusal);
      }
      GenericRecord record = (GenericRecord) value;
      for (Map.Entry<Integer, ValueChange> entry : changes.entrySet()) {
        int position = entry.getKey();
        record.put(position, entry.getValue().of(record.get(position)));
      }
      return record;
    }
  }
}
