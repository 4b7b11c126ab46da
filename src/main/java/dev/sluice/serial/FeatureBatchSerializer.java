package dev.sluice.serial;

import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link FeatureBatch}. */
public final class FeatureBatchSerializer extends ArrowSerializer<FeatureBatch> {
  private static final long serialVersionUID = 1L;

  private static final LayoutSerializer LAYOUTS = new LayoutSerializer();
  private static final EncodedRecordSerializer RECORDS = new EncodedRecordSerializer();
  private static final FeatureRowSerializer ROWS = new FeatureRowSerializer();

  @Override
  public void serialize(FeatureBatch batch, DataOutputView out) throws IOException {
    LAYOUTS.write(batch.layout(), out);
    out.writeInt(batch.capacity());
    out.writeInt(batch.size());
    FeatureRow row = new FeatureRow(batch.layout());
    for (int i = 0; i < batch.size(); i++) {
      batch.copyRow(i, row);
      ROWS.serialize(row, out);
    }
    out.writeInt(batch.tombstones().size());
    for (FeatureBatch.Tombstone tombstone : batch.tombstones()) {
      out.writeInt(tombstone.row());
      RECORDS.serialize(tombstone.source(), out);
    }
  }

  @Override
  public FeatureBatch deserialize(DataInputView in) throws IOException {
    FeatureLayout layout = LAYOUTS.read(in);
    FeatureBatch batch = new FeatureBatch(layout, in.readInt());
    FeatureRow row = new FeatureRow(layout);
    for (int rows = in.readInt(); rows > 0; rows--) {
      batch.append(ROWS.deserialize(row, in));
    }
    for (int count = in.readInt(); count > 0; count--) {
      batch.appendTombstone(in.readInt(), RECORDS.deserialize(in));
    }
    return batch;
  }

  @Override
  public TypeSerializerSnapshot<FeatureBatch> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The snapshot: the serializer has no configuration. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<FeatureBatch> {
    public Snapshot() {
      super(FeatureBatchSerializer::new);
    }
  }
}
