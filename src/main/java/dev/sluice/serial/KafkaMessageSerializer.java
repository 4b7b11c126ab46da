package dev.sluice.serial;

import dev.sluice.record.KafkaMessage;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link KafkaMessage}. */
public final class KafkaMessageSerializer extends ArrowSerializer<KafkaMessage> {
  private static final long serialVersionUID = 1L;

  @Override
  public KafkaMessage copy(KafkaMessage from) {
    return from.copy(); // its maker may reuse it
  }

  @Override
  public void serialize(KafkaMessage message, DataOutputView out) throws IOException {
    Wire.writeBytes(message.key(), out);
    Wire.writeBytes(message.value(), out);
    Wire.writeHeaders(message.headers(), out);
    out.writeInt(message.lane());
  }

  @Override
  public KafkaMessage deserialize(DataInputView in) throws IOException {
    return new KafkaMessage(
        Wire.readBytes(in), Wire.readBytes(in), Wire.readHeaders(in), in.readInt());
  }

  @Override
  public TypeSerializerSnapshot<KafkaMessage> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The snapshot: the serializer has no configuration. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<KafkaMessage> {
    public Snapshot() {
      super(KafkaMessageSerializer::new);
    }
  }
}
