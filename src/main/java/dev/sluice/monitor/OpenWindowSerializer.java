package dev.sluice.monitor;

import dev.sluice.serial.ArrowSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link OpenWindow}, in the merging stage's state. */
public final class OpenWindowSerializer extends ArrowSerializer<OpenWindow> {
  private static final long serialVersionUID = 1L;

  @Override
  public OpenWindow copy(OpenWindow from) {
    return from; // immutable
  }

  @Override
  public void serialize(OpenWindow window, DataOutputView out) throws IOException {
    out.writeLong(window.start());
    out.writeLong(window.end());
    out.writeInt(window.revisions());
    out.writeLong(window.updateDue());
  }

  @Override
  public OpenWindow deserialize(DataInputView in) throws IOException {
    return new OpenWindow(in.readLong(), in.readLong(), in.readInt(), in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<OpenWindow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The snapshot: the serializer has no configuration. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<OpenWindow> {
    public Snapshot() {
      super(OpenWindowSerializer::new);
    }
  }
}
