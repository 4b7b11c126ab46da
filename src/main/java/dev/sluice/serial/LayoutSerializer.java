package dev.sluice.serial;

import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import dev.sluice.record.Padding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes and reads the layout that a batch carries with it. */
final class LayoutSerializer {
  void write(FeatureLayout layout, DataOutputView out) throws IOException {
    out.writeInt(layout.columns().size());
    for (FeatureColumn column : layout.columns()) {
      Wire.writeText(column.name(), out);
      Wire.writeText(column.type().name(), out);
      out.writeInt(column.width());
      writeInts(column.shape(), out);
      out.writeInt(column.padding().axis());
      out.writeInt(column.padding().unit());
      Wire.writeText(column.padding().value(), out);
    }
    out.writeInt(layout.inputs().size());
    for (InputTensor input : layout.inputs()) {
      Wire.writeText(input.name(), out);
      Wire.writeText(input.type().name(), out);
      writeInts(input.rowShape(), out);
      writeInts(input.columns(), out);
    }
  }

  FeatureLayout read(DataInputView in) throws IOException {
    List<FeatureColumn> columns = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      columns.add(
          new FeatureColumn(
              Wire.readText(in),
              ElementType.valueOf(Wire.readText(in)),
              in.readInt(),
              readInts(in),
              new Padding(in.readInt(), in.readInt(), Wire.readText(in))));
    }
    List<InputTensor> inputs = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      inputs.add(
          new InputTensor(
              Wire.readText(in),
              ElementType.valueOf(Wire.readText(in)),
              readInts(in),
              readInts(in)));
    }
    return new FeatureLayout(columns, inputs);
  }

  static void writeInts(List<Integer> values, DataOutputView out) throws IOException {
    out.writeInt(values.size());
    for (int value : values) {
      out.writeInt(value);
    }
  }

  static List<Integer> readInts(DataInputView in) throws IOException {
    List<Integer> values = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      values.add(in.readInt());
    }
    return values;
  }
}
