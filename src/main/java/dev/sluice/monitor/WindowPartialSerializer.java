package dev.sluice.monitor;

import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.serial.ArrowSerializer;
import java.io.IOException;
import java.util.Map;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link WindowPartial}, on the arrow to the merging stage and in its state. */
public final class WindowPartialSerializer extends ArrowSerializer<WindowPartial> {
  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(WindowPartial partial, DataOutputView out) throws IOException {
    out.writeUTF(partial.kind().name());
    out.writeUTF(partial.modelSha256());
    out.writeUTF(partial.baselineSha256());
    out.writeUTF(partial.segment());
    out.writeLong(partial.windowStart());
    out.writeLong(partial.windowEnd());
    out.writeUTF(partial.window());
    out.writeUTF(partial.timeZone());
    out.writeLong(partial.rows());
    out.writeLong(partial.rejectedRows());
    out.writeInt(partial.columns().size());
    for (Map.Entry<String, PartialColumn> column : partial.columns().entrySet()) {
      out.writeUTF(column.getKey());
      out.writeUTF(column.getValue().type().name());
      column.getValue().statistics().write(out);
    }
  }

  @Override
  public WindowPartial deserialize(DataInputView in) throws IOException {
    WindowPartial partial =
        new WindowPartial(
            ProfileKind.valueOf(in.readUTF()),
            in.readUTF(),
            in.readUTF(),
            in.readUTF(),
            in.readLong(),
            in.readLong(),
            in.readUTF(),
            in.readUTF());
    partial.addRows(in.readLong(), in.readLong());
    for (int count = in.readInt(); count > 0; count--) {
      String name = in.readUTF();
      ElementType type = ElementType.valueOf(in.readUTF());
      partial.columns().put(name, new PartialColumn(type, ColumnStatistics.read(in)));
    }
    return partial;
  }

  @Override
  public TypeSerializerSnapshot<WindowPartial> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The snapshot: the serializer has no configuration. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<WindowPartial> {
    public Snapshot() {
      super(WindowPartialSerializer::new);
    }
  }
}
