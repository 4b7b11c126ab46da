package dev.sluice.cli.produce;

import dev.sluice.cli.score.RecordEncoder;
import dev.sluice.encode.OutputFraming;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/** Makes messages of records of one schema. */
public final class MessageMaker {
  private final RecordEncoder encoder;
  private final OutputFraming framing;
  private final MessageKey key;
  private final Optional<EventTime> eventTime;
  private final BadRecords badRecords;
  private long made;

  /**
   * @param encoder of the schema
   * @param framing what stands before the Avro binary
   * @param eventTime empty where records keep the one they have
   */
  public MessageMaker(
      RecordEncoder encoder,
      OutputFraming framing,
      MessageKey key,
      Optional<EventTime> eventTime,
      BadRecords badRecords) {
    this.encoder = encoder;
    this.framing = framing;
    this.key = key;
    this.eventTime = eventTime;
    this.badRecords = badRecords;
  }

  /** Returns the message of a record, which is changed where it has to be. */
  public Outgoing of(GenericRecord record) {
    eventTime.ifPresent(time -> time.put(record, made));
    made++;
    byte[] keyBytes = key.of(record);
    badRecords.spoil(record);
    byte[] body = encoder.encode(record);
    byte[] value = new byte[framing.length() + body.length];
    framing.copyTo(value);
    System.arraycopy(body, 0, value, framing.length(), body.length);
    return new Outgoing(keyBytes, badRecords.damage(value));
  }
}
