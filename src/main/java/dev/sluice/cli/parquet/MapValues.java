package dev.sluice.cli.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;

/** A map → a JSON object, whose keys are texts. */
final class MapValues extends GroupConverter {
  private final Entry entry;
  private final Consumer<JsonNode> target;
  private ObjectNode current;

  MapValues(GroupType map, Schema wanted, Consumer<JsonNode> target) {
    this.target = target;
    this.entry = new Entry(map.getType(0).asGroupType(), AvroTarget.values(wanted));
  }

  private final class Entry extends GroupConverter {
    private final Converter keys;
    private final Converter values;
    private JsonNode key;
    private JsonNode value;

    Entry(GroupType entry, Schema wanted) {
      this.keys = GroupValues.of(entry.getType(0), null, v -> key = v);
      this.values = GroupValues.of(entry.getType(1), wanted, v -> value = v);
    }

    @Override
    public Converter getConverter(int field) {
      return field == 0 ? keys : values;
    }

    @Override
    public void start() {
      key = null;
      value = null;
    }

    @Override
    public void end() {
      if (key == null) {
        throw new ParquetException("a map has an entry without a key, expected one");
      }
      current.set(key.asText(), value);
    }
  }

  @Override
  public Converter getConverter(int field) {
    return entry;
  }

  @Override
  public void start() {
    current = JsonNodeFactory.instance.objectNode();
  }

  @Override
  public void end() {
    target.accept(current);
  }
}
