package dev.sluice.cli.letters;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.kafka.common.header.Header;

/**
 * A message as one JSON object on one line of ASCII: its coordinates, Kafka's timestamp in
 * milliseconds, key and headers, the name of its Avro schema and the record with its fields as the
 * schema names them; bytes are in base64. A message that is no record of the job has {@code type}
 * null and its bytes as {@code value}; a dead letter whose original record could be decoded has
 * that as {@code original}.
 */
public final class MessageJson {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int LAST_PRINTABLE_ASCII = '~';

  private final Optional<FramedAvro> features;

  /**
   * @param features decodes the original records; empty if their schema is not known
   */
  public MessageJson(Optional<PlainAvro> features) {
    this.features = features.map(FramedAvro::new);
  }

  /** Returns the line of a message, without its end. */
  public String of(TopicMessage message) {
    return line(object(message));
  }

  /** Returns the object of a message, which is the caller's. */
  public ObjectNode object(TopicMessage message) {
    ObjectNode object = MAPPER.createObjectNode();
    object.put("topic", message.message().topic());
    object.put("partition", message.message().partition());
    object.put("offset", message.message().offset());
    object.put("timestamp", message.message().timestamp());
    object.put("key", message.message().key());
    ArrayNode headers = object.putArray("headers");
    for (Header header : message.message().headers()) {
      headers.addObject().put("name", header.key()).put("value", header.value());
    }
    object.put("type", message.content().map(c -> c.getSchema().getName()).orElse(null));
    if (message.content().isPresent()) {
      object.set("record", AvroJson.of(message.content().get()));
    } else {
      object.put("value", message.message().value());
    }
    message
        .letter()
        .flatMap(
            letter -> features.flatMap(format -> format.decode(letter.value(), letter.headers())))
        .ifPresent(original -> object.set("original", AvroJson.of(original)));
    return object;
  }

  private static String line(ObjectNode object) {
    StringWriter line = new StringWriter();
    try (JsonGenerator generator = MAPPER.getFactory().createGenerator(line)) {
      generator.setHighestNonEscapedChar(LAST_PRINTABLE_ASCII);
      MAPPER.writeValue(generator, object);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return line.toString();
  }
}
