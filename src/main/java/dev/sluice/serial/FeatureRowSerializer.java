package dev.sluice.serial;

import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureRow;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link FeatureRow}. */
public final class FeatureRowSerializer extends ArrowSerializer<FeatureRow> {
  private static final long serialVersionUID = 1L;

  private static final EncodedRecordSerializer RECORDS = new EncodedRecordSerializer();

  @Override
  public void serialize(FeatureRow row, DataOutputView out) throws IOException {
    out.writeInt(row.elements());
    out.writeInt(row.columns());
    RECORDS.serialize(row.source(), out);
    out.writeLong(row.eventTime());
    out.writeBoolean(row.isTombstone());
    for (int i = 0; i < row.elements(); i++) {
      out.writeLong(Double.doubleToRawLongBits(row.doubleAt(i)));
      out.writeLong(row.longAt(i));
      Wire.writeText(row.textAt(i), out);
    }
    for (int i = 0; i < row.columns(); i++) {
      out.writeBoolean(row.isMissing(i));
      out.writeInt(row.length(i));
    }
    Wire.writeViolations(row.violations(), out);
    out.writeInt(row.evaluatedCount());
    for (int i = 0; i < row.evaluatedCount(); i++) {
      out.writeInt(row.evaluatedAt(i));
    }
  }

  @Override
  public FeatureRow deserialize(DataInputView in) throws IOException {
    return deserialize(null, in);
  }

  @Override
  public FeatureRow deserialize(FeatureRow reuse, DataInputView in) throws IOException {
    int elements = in.readInt();
    int columns = in.readInt();
    boolean fits =
        reuse != null
            && reuse.elements() == elements
            && reuse.columns() == columns
            && !reuse.hasFloats(); // the other may have had doubles
    FeatureRow row = fits ? reuse : new FeatureRow(elements, columns);
    EncodedRecord source = RECORDS.deserialize(in);
    long eventTime = in.readLong();
    if (in.readBoolean()) {
      row.resetToTombstone(source);
    } else {
      row.reset(source);
    }
    row.setEventTime(eventTime);
    for (int i = 0; i < elements; i++) {
      row.setDouble(i, Double.longBitsToDouble(in.readLong()));
      row.setLong(i, in.readLong());
      row.setText(i, Wire.readText(in));
    }
    for (int i = 0; i < columns; i++) {
      row.setMissing(i, in.readBoolean());
      row.setLength(i, in.readInt());
    }
    row.violations().addAll(Wire.readViolations(in));
    int evaluated = in.readInt();
    for (int i = 0; i < evaluated; i++) {
      row.addEvaluated(in.readInt());
    }
    return row;
  }

  @Override
  public TypeSerializerSnapshot<FeatureRow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The snapshot: the serializer has no configuration. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<FeatureRow> {
    public Snapshot() {
      super(FeatureRowSerializer::new);
    }
  }
}
