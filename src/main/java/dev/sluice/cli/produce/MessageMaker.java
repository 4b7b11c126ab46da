package dev.sluice.cli.produce;

import dev.sluice.cli.score.RecordEncoder;
import dev.sluice.encode.OutputFraming;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Makes messages of records of one schema. */
public final class MessageMaker {
  private final RecordEncoder encoder;
  private final OutputFraming framing;
  private final int keyPosition;
  private final Optional<EventTime> eventTime;
  private final BadRecords badRecords;
  private long made;

  /**
   * @param encoder of the schema
   * @param framing what stands before the Avro binary
   * @param keyField the field whose text becomes the key; null for messages without one
   * @param eventTime empty where records keep the one they have
   * @throws IllegalArgumentException if the schema has no such key
   */
  public MessageMaker(
      Schema schema,
      RecordEncoder encoder,
      OutputFraming framing,
      String keyField,
      Optional<EventTime> eventTime,
      BadRecords badRecords) {
    this.encoder = encoder;
    this.framing = framing;
    this.keyPosition = keyField == null ? -1 : RecordField.of("--keys", schema, keyField).pos();
    this.eventTime = eventTime;
    this.badRecords = badRecords;
  }

  /** Returns the message of a record, which is changed where it has to be. */
  public Outgoing of(GenericRecord record) {
    eventTime.ifPresent(time -> time.put(record, made));
    made++;
    Object key = keyPosition < 0 ? null : record.get(keyPosition);
    badRecords.spoil(record);
    byte[] body = encoder.encode(record);
    byte[] value = new byte[framing.length() + body.length];
    framing.copyTo(value);
    System.arraycopy(body, 0, value, framing.length(), body.length);
    return new Outgoing(
        key == null ? null : key.toString().getBytes(StandardCharsets.UTF_8),
        badRecords.damage(value));
  }
}
