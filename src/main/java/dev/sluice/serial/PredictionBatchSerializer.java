package dev.sluice.serial;

import dev.sluice.record.ElementType;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import dev.sluice.record.TensorBuffer;
import dev.sluice.record.Violation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link PredictionBatch}. */
public final class PredictionBatchSerializer extends ArrowSerializer<PredictionBatch> {
  private static final long serialVersionUID = 1L;

  private static final FeatureBatchSerializer BATCHES = new FeatureBatchSerializer();

  @Override
  public void serialize(PredictionBatch batch, DataOutputView out) throws IOException {
    BATCHES.serialize(batch.features(), out);
    for (int row = 0; row < batch.size(); row++) {
      Wire.writeText(batch.isPredicted(row) ? null : batch.failure(row).name(), out);
      Wire.writeText(batch.message(row), out);
      Wire.writeViolations(batch.warnings(row), out);
    }
    out.writeInt(batch.outputs().size());
    for (OutputTensor output : batch.outputs()) {
      Wire.writeText(output.name(), out);
      Wire.writeText(output.values().type().name(), out);
      LayoutSerializer.writeInts(output.rowShape(), out);
      out.writeInt(output.values().rowWidth());
      for (int i = 0; i < batch.size() * output.values().rowWidth(); i++) {
        writeElement(output.values(), i, out);
      }
    }
  }

  private static void writeElement(TensorBuffer values, int element, DataOutputView out)
      throws IOException {
    if (values.type().isFloating()) {
      out.writeDouble(values.numberAt(element));
    } else if (values.type().isIntegral()) {
      out.writeLong(values.longAt(element));
    } else if (values.type() == ElementType.STRING) {
      Wire.writeText(values.textAt(element), out);
    } else {
      Map<String, Double> scores = values.scoresAt(element);
      out.writeInt(scores == null ? -1 : scores.size());
      if (scores != null) {
        for (Map.Entry<String, Double> score : scores.entrySet()) {
          Wire.writeText(score.getKey(), out);
          out.writeDouble(score.getValue());
        }
      }
    }
  }

  @Override
  public PredictionBatch deserialize(DataInputView in) throws IOException {
    PredictionBatch batch = new PredictionBatch();
    batch.reset(BATCHES.deserialize(in));
    for (int row = 0; row < batch.size(); row++) {
      String failure = Wire.readText(in);
      String message = Wire.readText(in);
      if (failure != null) {
        batch.fail(row, Reason.valueOf(failure), message);
      }
      for (Violation warning : Wire.readViolations(in)) {
        batch.warn(row, warning);
      }
    }
    for (int count = in.readInt(); count > 0; count--) {
      String name = Wire.readText(in);
      ElementType type = ElementType.valueOf(Wire.readText(in));
      List<Integer> shape = LayoutSerializer.readInts(in);
      TensorBuffer values = new TensorBuffer(type, in.readInt(), batch.features().capacity());
      for (int i = 0; i < batch.size() * values.rowWidth(); i++) {
        readElement(values, i, in);
      }
      batch.outputs().add(new OutputTensor(name, shape, values));
    }
    return batch;
  }

  private static void readElement(TensorBuffer values, int element, DataInputView in)
      throws IOException {
    if (values.type().isFloating()) {
      values.setNumber(element, in.readDouble());
    } else if (values.type().isIntegral()) {
      values.setLong(element, in.readLong());
    } else if (values.type() == ElementType.STRING) {
      values.setText(element, Wire.readText(in));
    } else {
      int size = in.readInt();
      if (size >= 0) {
        Map<String, Double> scores = new TreeMap<>();
        for (int i = 0; i < size; i++) {
          scores.put(Wire.readText(in), in.readDouble());
        }
        values.setScores(element, scores);
      }
    }
  }

  @Override
  public TypeSerializerSnapshot<PredictionBatch> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The snapshot: the serializer has no configuration. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PredictionBatch> {
    public Snapshot() {
      super(PredictionBatchSerializer::new);
    }
  }
}
