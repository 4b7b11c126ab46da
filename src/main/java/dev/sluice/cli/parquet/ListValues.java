package dev.sluice.cli.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;

/** A list → a JSON array, in which an element that is null is null. */
final class ListValues extends GroupConverter {
  private final Converter repeated;
  private final Consumer<JsonNode> target;
  private ArrayNode current;

  ListValues(GroupType list, Schema wanted, Consumer<JsonNode> target) {
    this.target = target;
    Schema items = AvroTarget.items(wanted);
    this.repeated =
        ListShape.isElement(list)
            ? GroupValues.of(list.getType(0), items, value -> current.add(value))
            : new Layer(list, items);
  }

  /** The layer around an element, there also where the element is null. */
  private final class Layer extends GroupConverter {
    private final Converter element;
    private JsonNode value;

    Layer(GroupType list, Schema items) {
      this.element = GroupValues.of(ListShape.element(list), items, v -> value = v);
    }

    @Override
    public Converter getConverter(int field) {
      return element;
    }

    @Override
    public void start() {
      value = null;
    }

    @Override
    public void end() {
      current.add(value);
    }
  }

  @Override
  public Converter getConverter(int field) {
    return repeated;
  }

  @Override
  public void start() {
    current = JsonNodeFactory.instance.arrayNode();
  }

  @Override
  public void end() {
    target.accept(current);
  }
}
