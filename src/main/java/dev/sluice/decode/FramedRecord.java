package dev.sluice.decode;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.WireFormat;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.Header;
import dev.sluice.record.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What frames a record: which schema it says it was written with, and where it begins. Nothing is
 * copied. Reused from record to record; not thread-safe.
 *
 * <pre>
 * single-object  C3 01 | CRC-64-AVRO, little-endian, 8 bytes | record
 * confluent      00 | id, big-endian, 4 bytes                | record
 *                01 | GUID, big-endian, 16 bytes             | record
 *                the same 5 or 17 bytes in the header __value_schema_id; the value is the record
 * </pre>
 *
 * <p>Where a record has both header and bytes, the header holds, as it does for Confluent's own
 * readers; as for them, a header without a value is none.
 */
public final class FramedRecord {
  /** The header that takes the place of Confluent's bytes before the record. */
  public static final String HEADER = "__value_schema_id";

  static final int SINGLE_OBJECT_BYTES = 10;
  static final int ID_BYTES = 5;
  static final int GUID_BYTES = 17;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle FINGERPRINT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final WireFormat format;
  private SchemaKey.Kind kind = SchemaKey.Kind.GIVEN;
  private long high;
  private long low;
  private int bodyAt;

  /**
   * @param format how records are framed; {@link WireFormat#AUTO} takes whatever may be a frame
   */
  public FramedRecord(WireFormat format) {
    this.format = requireNonNull(format, "format is null");
  }

  /**
   * Reads the frame of a record.
   *
   * @param record one with a value
   * @return whether it names a schema; plain records do not, nor those that cannot be of another
   *     format where any is taken
   * @throws MalformedRecordException if it has no frame of the format
   */
  public boolean read(EncodedRecord record) throws MalformedRecordException {
    return read(record.value(), header(record));
  }

  /** Returns the value of the last header of the name, as Kafka's clients do; null for none. */
  private static byte[] header(EncodedRecord record) {
    Header[] headers = record.headers();
    for (int i = headers.length - 1; i >= 0; i--) {
      if (headers[i].name().equals(HEADER)) {
        return headers[i].value();
      }
    }
    return null;
  }

  /**
   * Reads the frame of a record.
   *
   * @param value the record's value, not null
   * @param header the value of its last header {@value #HEADER}; null where there is none
   * @return whether it names a schema; plain records do not, nor those that cannot be of another
   *     format where any is taken
   * @throws MalformedRecordException if it has no frame of the format
   */
  public boolean read(byte[] value, byte[] header) throws MalformedRecordException {
    clear();
    switch (format) {
      case PLAIN -> {}
      case SINGLE_OBJECT -> {
        if (!readMarker(value)) {
          throw framing("value begins with " + begin(value) + ", expected C3 01 and 8 bytes");
        }
      }
      case CONFLUENT -> {
        if (!readHeader(header) && !readMagic(value)) {
          throw framing(
              "value begins with "
                  + begin(value)
                  + ", expected 00 and an id of 4 bytes, 01 and a GUID of 16, or the header "
                  + HEADER);
        }
      }
      case AUTO -> {
        if (!readHeader(header) && !readMarker(value)) {
          readMagic(value);
        }
      }
    }
    return kind != SchemaKey.Kind.GIVEN;
  }

  private void clear() {
    kind = SchemaKey.Kind.GIVEN;
    high = 0;
    low = 0;
    bodyAt = 0;
  }

  private boolean readMarker(byte[] value) {
    if (value.length < SINGLE_OBJECT_BYTES || value[0] != (byte) 0xC3 || value[1] != 1) {
      return false;
    }
    kind = SchemaKey.Kind.FINGERPRINT;
    high = (long) FINGERPRINT.get(value, 2);
    bodyAt = SINGLE_OBJECT_BYTES;
    return true;
  }

  /** Reads a magic byte and what it announces. */
  private boolean readMagic(byte[] bytes) {
    if (bytes.length >= ID_BYTES && bytes[0] == 0) {
      kind = SchemaKey.Kind.ID;
      high = (int) INT.get(bytes, 1);
      bodyAt = ID_BYTES;
      return true;
    }
    if (bytes.length >= GUID_BYTES && bytes[0] == 1) {
      kind = SchemaKey.Kind.GUID;
      high = (long) LONG.get(bytes, 1);
      low = (long) LONG.get(bytes, 9);
      bodyAt = GUID_BYTES;
      return true;
    }
    return false;
  }

  private boolean readHeader(byte[] bytes) throws MalformedRecordException {
    if (bytes == null) {
      return false;
    }
    if (!readMagic(bytes) || bodyAt != bytes.length) {
      clear();
      throw framing(
          "header "
              + HEADER
              + " is "
              + bytes.length
              + " bytes, "
              + begin(bytes)
              + ", expected 00 and an id of 4 bytes, or 01 and a GUID of 16");
    }
    bodyAt = 0;
    return true;
  }

  private static MalformedRecordException framing(String message) {
    return new MalformedRecordException(Reason.FRAMING, message);
  }

  /** Returns the first bytes in hexadecimal. */
  private static String begin(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(2, bytes.length); i++) {
      text.append(i == 0 ? "" : " ").append("%02X".formatted(bytes[i]));
    }
    return text + (bytes.length < 3 ? " and ends there" : " of " + bytes.length + " bytes");
  }

  /** Returns which kind of number names the schema; {@link SchemaKey.Kind#GIVEN} for none. */
  SchemaKey.Kind kind() {
    return kind;
  }

  /** Returns the id or fingerprint; of a GUID its upper half. */
  long high() {
    return high;
  }

  /** Returns of a GUID its lower half. */
  long low() {
    return low;
  }

  /** Returns where the record begins in the value. */
  public int bodyAt() {
    return bodyAt;
  }

  /** Returns whether no other format could be meant: a header says so. */
  boolean isCertain() {
    return kind != SchemaKey.Kind.GIVEN && bodyAt == 0;
  }

  /** Returns what names the schema, as a value of its own; the last one again if it is the same. */
  public SchemaKey key(SchemaKey last) {
    if (last != null && last.kind() == kind && last.high() == high && last.low() == low) {
      return last;
    }
    return key();
  }

  /** Returns what names the schema, as a value of its own. */
  public SchemaKey key() {
    return kind == SchemaKey.Kind.GIVEN ? SchemaKey.GIVEN : new SchemaKey(kind, high, low);
  }
}
