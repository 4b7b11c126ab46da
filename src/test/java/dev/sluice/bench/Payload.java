package dev.sluice.bench;

import dev.sluice.model.ModelPackage;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.ElementType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a prediction, written by hand: what the contenders beside Sluice send, the same as
 * Sluice's but for the last bits of scores. Used by one thread.
 */
final class Payload {
  private static final byte[] NO_KEY = {0};
  private static final byte[] END = {0, 0, 0}; // of the outputs, the warnings and the features

  private final AvroOut out = new AvroOut();
  private final byte[] head;
  private final byte[] model;
  private final List<Output> outputs = new ArrayList<>();

  /**
   * One output.
   *
   * @param name in the model
   * @param before what stands before its values: name, shape, type and their number
   * @param width how many values a row has
   * @param integral whether they are 64-bit integers, else floats
   * @param after what stands behind its values
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Output(String name, byte[] before, int width, boolean integral, byte[] after) {}

  /**
   * @param topic of the records
   */
  Payload(String topic, ModelPackage model) {
    this.head = out.putRaw(NO_KEY).putText(topic).take();
    var identity = model.identity();
    out.putText(identity.name()).putText(identity.version()).putText(identity.sha256());
    this.model = out.putLong(model.signature().outputs().size()).take();
    model.signature().outputs().forEach(output -> outputs.add(output(output)));
  }

  private Output output(TensorInfo info) {
    int width = info.rowShape().stream().mapToInt(Long::intValue).reduce(1, Math::multiplyExact);
    boolean integral = info.type() == ElementType.INT64;
    boolean single = width == 1; // [N] or [N,1]
    out.putText(info.name());
    if (!single) {
      out.putLong(info.rowShape().size());
      info.rowShape().forEach(out::putLong);
    }
    out.putLong(0).putLong((integral ? 2 : 3) + (single ? 0 : 6));
    if (!single) {
      out.putLong(width);
    }
    return new Output(
        info.name(), out.take(), width, integral, single ? new byte[0] : new byte[] {0});
  }

  List<Output> outputs() {
    return outputs;
  }

  /** Returns how many values a prediction has, of all outputs. */
  int width() {
    return outputs.stream().mapToInt(Output::width).sum();
  }

  /**
   * Returns the prediction for a record without a key.
   *
   * @param values of each output, batches of rows
   * @param row which of them
   */
  byte[] encode(int partition, long offset, long eventTime, ByteBuffer[] values, int row) {
    out.putRaw(head).putLong(partition).putLong(offset).putLong(eventTime).putRaw(model);
    for (int i = 0; i < values.length; i++) {
      Output output = outputs.get(i);
      out.putRaw(output.before);
      int first = row * output.width;
      for (int element = first; element < first + output.width; element++) {
        if (output.integral) {
          out.putLong(values[i].getLong(element * Long.BYTES));
        } else {
          out.putFloat(values[i].getFloat(element * Float.BYTES));
        }
      }
      out.putRaw(output.after);
    }
    return out.putRaw(END).take();
  }

  /**
   * Reads a prediction, of which all but offset and values has to be as it is expected.
   *
   * @param workload whose records they are
   * @param rounds how many rounds of records came before: each took one offset for its commit
   * @param values takes the values of all outputs, one after the other
   * @return the number of the record
   * @throws IllegalStateException if it is no prediction of a record of the workload
   */
  long read(AvroIn prediction, Workload workload, int rounds, float[] values) {
    require(prediction.skip(head), "key and topic");
    require(prediction.readLong() == 0, "partition");
    long record = prediction.readLong() - rounds;
    require(prediction.readLong() == workload.eventTime(record), "event time");
    require(prediction.skip(model), "model");
    int at = 0;
    for (Output output : outputs) {
      require(prediction.skip(output.before), "output " + output.name);
      for (int i = 0; i < output.width; i++) {
        values[at++] = output.integral ? prediction.readLong() : prediction.readFloat();
      }
      require(prediction.skip(output.after), "output " + output.name);
    }
    require(prediction.skip(END) && prediction.isAtEnd(), "end, expected no warnings or features");
    return record;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException("a prediction has another " + what);
    }
  }
}
