package dev.sluice.serial;

import dev.sluice.record.DeadLetter;
import dev.sluice.record.Reason;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link DeadLetter}. */
public final class DeadLetterSerializer extends ArrowSerializer<DeadLetter> {
  private static final long serialVersionUID = 1L;

  private static final EncodedRecordSerializer RECORDS = new EncodedRecordSerializer();

  @Override
  public DeadLetter copy(DeadLetter from) {
    return from; // immutable
  }

  @Override
  public void serialize(DeadLetter letter, DataOutputView out) throws IOException {
    Wire.writeText(letter.kind().name(), out);
    Wire.writeText(letter.reason().name(), out);
    Wire.writeText(letter.message(), out);
    Wire.writeViolations(letter.violations(), out);
    RECORDS.serialize(letter.source(), out);
    out.writeLong(letter.eventTime());
  }

  @Override
  public DeadLetter deserialize(DataInputView in) throws IOException {
    return new DeadLetter(
        DeadLetter.Kind.valueOf(Wire.readText(in)),
        Reason.valueOf(Wire.readText(in)),
        Wire.readText(in),
        Wire.readViolations(in),
        RECORDS.deserialize(in),
        in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The snapshot: the serializer has no configuration. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeadLetter> {
    public Snapshot() {
      super(DeadLetterSerializer::new);
    }
  }
}
