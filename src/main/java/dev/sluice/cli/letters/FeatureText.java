package dev.sluice.cli.letters;

import dev.sluice.cli.inspect.Shown;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Feature records for a person: a line for each field. */
final class FeatureText {
  /** The longest value of a field shown, in characters. */
  private static final int MAX_VALUE = 2_000;

  private FeatureText() {}

  /**
   * Returns the lines of a message.
   *
   * @param schema the name of the schema that its value was decoded by, empty for none
   */
  static List<String> of(TopicMessage message, String schema) {
    Block block =
        new Block(message, message.content().isPresent() ? Shown.text(schema) : "unknown");
    block.key(message.message().key());
    block.headers(message.message().headers());
    if (message.content().isPresent()) {
      GenericRecord record = message.content().get();
      for (Schema.Field field : record.getSchema().getFields()) {
        String value = Shown.text(AvroJson.of(record.get(field.pos())), MAX_VALUE);
        block.line("field", Shown.text(field.name()) + " = " + value);
      }
      return block.lines();
    }
    byte[] value = message.message().value();
    String why =
        schema.isEmpty()
            ? "--schema would tell what they are"
            : "no record of " + Shown.text(schema);
    block.line(
        "value",
        value == null ? "null" : value.length + " bytes, " + why + ": " + ShownBytes.hex(value));
    return block.lines();
  }
}
