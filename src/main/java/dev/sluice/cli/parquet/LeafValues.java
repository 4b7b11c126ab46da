package dev.sluice.cli.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/** The values of a column → JSON values; those of a dictionary are made once. */
final class LeafValues extends PrimitiveConverter {
  private final LeafDecoder decoder;
  private final Consumer<JsonNode> target;
  private Dictionary dictionary;
  private JsonNode[] known;

  LeafValues(LeafDecoder decoder, Consumer<JsonNode> target) {
    this.decoder = decoder;
    this.target = target;
  }

  @Override
  public boolean hasDictionarySupport() {
    return true;
  }

  @Override
  public void setDictionary(Dictionary newDictionary) {
    dictionary = newDictionary;
    known = new JsonNode[dictionary.getMaxId() + 1];
  }

  @Override
  public void addValueFromDictionary(int id) {
    if (known[id] == null) {
      known[id] = decoder.of(dictionary, id);
    }
    target.accept(known[id]);
  }

  @Override
  public void addBinary(Binary value) {
    target.accept(decoder.of(value));
  }

  @Override
  public void addBoolean(boolean value) {
    target.accept(decoder.of(value));
  }

  @Override
  public void addDouble(double value) {
    target.accept(decoder.of(value));
  }

  @Override
  public void addFloat(float value) {
    target.accept(decoder.of(value));
  }

  @Override
  public void addInt(int value) {
    target.accept(decoder.of(value));
  }

  @Override
  public void addLong(long value) {
    target.accept(decoder.of(value));
  }
}
