package dev.sluice.cli.letters;

import dev.sluice.avro.Alarm;
import dev.sluice.avro.Prediction;
import dev.sluice.cli.inspect.Shown;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Messages for a person: a block of lines for each, of which the first stands at the margin. All
 * texts are {@linkplain Shown shown}, never as they came, and what is long is cut.
 */
public final class MessageText {
  private final LetterText letters;

  /**
   * @param features decodes the original records of dead letters; empty if their schema is not
   *     known
   */
  public MessageText(Optional<PlainAvro> features) {
    this.letters = new LetterText(features);
  }

  /** Returns the lines of a message. */
  public List<String> of(TopicMessage message) {
    if (message.letter().isPresent()) {
      return letters.of(message, message.letter().get());
    }
    if (message.content().isEmpty()) {
      return unknown(message);
    }
    GenericRecord content = message.content().get();
    Schema schema = content.getSchema();
    if (schema.equals(Alarm.getClassSchema())) {
      return AlarmText.of(message, content);
    }
    if (schema.equals(Prediction.getClassSchema())) {
      return PredictionText.of(message, content);
    }
    return ProfileText.of(message, content);
  }

  private static List<String> unknown(TopicMessage message) {
    Block block = new Block(message, "unknown");
    block.key(message.message().key());
    block.headers(message.message().headers());
    byte[] value = message.message().value();
    block.line(
        "value",
        value == null
            ? "null"
            : value.length
                + " bytes, no record as this version of Sluice writes them: "
                + ShownBytes.hex(value));
    return block.lines();
  }
}
