package dev.sluice.cli.parquet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/**
 * Makes a JSON object of each row, as a JSON-lines file would have it: a column that is null is not
 * there; lists are arrays, maps and structs objects, decimals and integers exact numbers, bytes
 * that are no text in UTF-8 binary nodes.
 */
public final class JsonMaterializer extends RecordMaterializer<ObjectNode> {
  private final GroupValues root;
  private ObjectNode row;

  /**
   * @param columns what is read
   * @param wanted what a column is to become, by its name, for the units of times; a column without
   *     keeps its own unit
   */
  public JsonMaterializer(MessageType columns, Map<String, Schema> wanted) {
    this.root =
        new GroupValues(columns, wanted::get, name -> true, value -> row = (ObjectNode) value);
  }

  @Override
  public ObjectNode getCurrentRecord() {
    return row;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }
}
