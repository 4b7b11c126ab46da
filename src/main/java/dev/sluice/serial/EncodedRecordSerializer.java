package dev.sluice.serial;

import dev.sluice.record.EncodedRecord;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link EncodedRecord}. */
public final class EncodedRecordSerializer extends ArrowSerializer<EncodedRecord> {
  private static final long serialVersionUID = 1L;

  @Override
  public EncodedRecord copy(EncodedRecord from) {
    return from; // nobody writes to it
  }

  @Override
  public void serialize(EncodedRecord record, DataOutputView out) throws IOException {
    Wire.writeText(record.topic(), out);
    out.writeInt(record.partition());
    out.writeLong(record.offset());
    out.writeLong(record.timestamp());
    Wire.writeBytes(record.key(), out);
    Wire.writeBytes(record.value(), out);
    Wire.writeHeaders(record.headers(), out);
  }

  @Override
  public EncodedRecord deserialize(DataInputView in) throws IOException {
    return new EncodedRecord(
        Wire.readText(in),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        Wire.readBytes(in),
        Wire.readBytes(in),
        Wire.readHeaders(in));
  }

  @Override
  public TypeSerializerSnapshot<EncodedRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The snapshot: the serializer has no configuration. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<EncodedRecord> {
    public Snapshot() {
      super(EncodedRecordSerializer::new);
    }
  }
}
