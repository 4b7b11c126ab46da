package dev.sluice.monitor;

import dev.sluice.monitor.check.ExpectationCounts;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.RowCounts;
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
  private static final int VERSION = 3;

  @Override
  public void serialize(WindowPartial partial, DataOutputView out) throws IOException {
    out.writeByte(VERSION);
    out.writeUTF(partial.kind().name());
    out.writeUTF(partial.modelSha256());
    out.writeUTF(partial.baselineSha256());
    out.writeUTF(partial.segment());
    out.writeLong(partial.windowStart());
    out.writeLong(partial.windowEnd());
    out.writeUTF(partial.window());
    out.writeUTF(partial.timeZone());
    write(partial.counts(), out);
    partial.expectations().write(out);
    partial.rejections().write(out);
    out.writeInt(partial.columns().size());
    for (Map.Entry<String, PartialColumn> column : partial.columns().entrySet()) {
      out.writeUTF(column.getKey());
      out.writeUTF(column.getValue().type().name());
      column.getValue().statistics().write(out);
    }
  }

  @Override
  public WindowPartial deserialize(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("version of a window partial is " + version + ", expected " + VERSION);
    }
    ProfileKind kind = ProfileKind.valueOf(in.readUTF());
    String modelSha256 = in.readUTF();
    String baselineSha256 = in.readUTF();
    String segment = in.readUTF();
    long windowStart = in.readLong();
    long windowEnd = in.readLong();
    String window = in.readUTF();
    String timeZone = in.readUTF();
    RowCounts counts = readCounts(in);
    WindowPartial partial =
        new WindowPartial(
            kind,
            modelSha256,
            baselineSha256,
            segment,
            windowStart,
            windowEnd,
            window,
            timeZone,
            ExpectationCounts.read(in),
            RejectionCounts.read(in));
    partial.add(counts);
    for (int count = in.readInt(); count > 0; count--) {
      String name = in.readUTF();
      ElementType type = ElementType.valueOf(in.readUTF());
      partial.columns().put(name, new PartialColumn(type, ColumnStatistics.read(in)));
    }
    return partial;
  }

  private static void write(RowCounts counts, DataOutputView out) throws IOException {
    out.writeLong(counts.rows());
    out.writeLong(counts.rejected());
    out.writeLong(counts.late());
    out.writeLong(counts.read());
    out.writeLong(counts.malformed());
    out.writeLong(counts.predicted());
    out.writeLong(counts.failed());
  }

  private static RowCounts readCounts(DataInputView in) throws IOException {
    return new RowCounts(
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong());
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
