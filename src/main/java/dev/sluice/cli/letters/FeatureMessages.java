package dev.sluice.cli.letters;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Messages of the topic of features. Their values are decoded by a schema that somebody gives,
 * whatever frame stands before them: none, that of Avro's single-object encoding with this schema's
 * fingerprint, or that of Confluent's wire format, whose id is taken on trust. For people who look
 * on; what the job makes of a record is its own business. Not thread-safe.
 */
public final class FeatureMessages {
  private static final int SINGLE_OBJECT = 2 + Long.BYTES;
  private static final int CONFLUENT_ID = 1 + Integer.BYTES;
  private static final int CONFLUENT_GUID = 1 + 2 * Long.BYTES;
  private static final short MARKER = (short) 0xc301;

  private final String name;
  private final PlainAvro format;
  private final long fingerprint;

  /**
   * @param schema what the records were written with; null if nobody knows
   */
  public FeatureMessages(Schema schema) {
    this.name = schema == null ? "" : requireNonNull(schema.getName());
    this.format = schema == null ? null : new PlainAvro(schema);
    this.fingerprint = schema == null ? 0 : SchemaNormalization.parsingFingerprint64(schema);
  }

  /** Returns the message, with its record if it is one of the schema. */
  public TopicMessage of(ConsumerRecord<byte[], byte[]> message) {
    return new TopicMessage(message, decode(message.value()));
  }

  private Optional<GenericRecord> decode(byte[] value) {
    if (format == null || value == null) {
      return Optional.empty();
    }
    for (int start : starts(value)) {
      Optional<GenericRecord> record =
          format.decode(start == 0 ? value : Arrays.copyOfRange(value, start, value.length));
      if (record.isPresent()) {
        return record;
      }
    }
    return Optional.empty();
  }

  /** Returns where the Avro binary may begin, the likeliest place first. */
  private List<Integer> starts(byte[] value) {
    if (value.length >= SINGLE_OBJECT
        && ByteBuffer.wrap(value).getShort() == MARKER
        && ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(2) == fingerprint) {
      return List.of(SINGLE_OBJECT, 0);
    }
    if (value.length >= CONFLUENT_ID && value[0] == 0) {
      return List.of(0, CONFLUENT_ID);
    }
    if (value.length >= CONFLUENT_GUID && value[0] == 1) {
      return List.of(0, CONFLUENT_GUID);
    }
    return List.of(0);
  }

  /** Returns the message for a person, as lines. */
  public List<String> lines(TopicMessage message) {
    return FeatureText.of(message, name);
  }
}
