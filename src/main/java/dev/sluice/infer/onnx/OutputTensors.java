package dev.sluice.infer.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sluice.infer.ModelException;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.TensorBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the outputs of a session go. Numbers whose row shape is declared are pinned: the session
 * writes them into the result's own direct buffers. All others are copied from its answer.
 */
final class OutputTensors implements AutoCloseable {
  private final OrtEnvironment environment;
  private final List<TensorInfo> infos;
  private final Set<String> all = new LinkedHashSet<>();
  private final Set<String> unpinnable = new LinkedHashSet<>();
  private final Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
  private PredictionBatch result;
  private int capacity;
  private boolean answered;
  private boolean pinning;
  private int from;
  private int to;

  OutputTensors(OrtEnvironment environment, List<TensorInfo> infos) {
    this.environment = environment;
    this.infos = infos;
    for (TensorInfo info : infos) {
      all.add(info.name());
      if (!info.hasFixedRowShape() || info.type().bytes() == 0) {
        unpinnable.add(info.name());
      }
    }
    pinning = unpinnable.size() < all.size();
  }

  /**
   * Makes the result's output tensors, unless this result has them already.
   *
   * @param fromRow the first row to be scored next; 0 starts a batch, whose rows may have another
   *     shape than those of the batch before, where the model does not declare it
   */
  void attach(PredictionBatch newResult, int newCapacity, int fromRow) {
    answered &= fromRow > 0;
    if (newResult == result && newCapacity <= capacity) {
      return;
    }
    close();
    answered = false;
    result = newResult;
    capacity = newCapacity;
    result.outputs().clear();
    for (TensorInfo info : infos) {
      List<Integer> rowShape = OutputCopy.exposed(Shapes.ofBatch(0, info.rowShape()));
      int width = OutputCopy.width(rowShape);
      TensorBuffer values = new TensorBuffer(info.type(), width, capacity);
      result.outputs().add(new OutputTensor(info.name(), rowShape, values));
    }
  }

  /** Returns the names of the outputs that the session shall allocate itself. */
  Set<String> copied() {
    return pinning ? unpinnable : all;
  }

  /** Returns tensors over the rows of the result by output name; valid until the next call. */
  Map<String, OnnxTensor> pinned(int newFrom, int newTo) throws OrtException {
    if (newFrom != from || newTo != to) {
      release();
    }
    from = newFrom;
    to = newTo;
    try {
      for (int i = 0; i < infos.size(); i++) {
        TensorInfo info = infos.get(i);
        if (!copied().contains(info.name()) && !pinned.containsKey(info.name())) {
          pinned.put(info.name(), pin(info, result.outputs().get(i).values()));
        }
      }
      return pinned;
    } catch (OrtException | RuntimeException e) {
      release();
      throw e;
    }
  }

  private OnnxTensor pin(TensorInfo info, TensorBuffer values) throws OrtException {
    long[] shape = Shapes.ofBatch(to - from, info.rowShape());
    return OnnxTensor.createTensor(
        environment, values.slice(from, to), shape, Shapes.javaType(info.type()));
  }

  /** Returns whether any output is pinned. */
  boolean isPinning() {
    return pinning;
  }

  /** Has all outputs copied, or those with a declared row shape pinned again. */
  void setPinning(boolean newPinning) {
    release();
    pinning = newPinning;
  }

  /**
   * Copies what is not pinned into the rows of the result.
   *
   * @throws IllegalStateException if an output has another number of rows
   * @throws ModelException if rows have another shape than those of the same batch had before
   * @throws MemoryExhaustedException if there is no buffer for rows of that shape
   */
  void copy(OrtSession.Result answer, int fromRow, int toRow)
      throws OrtException, ModelException, MemoryExhaustedException {
    for (int i = 0; i < infos.size(); i++) {
      String name = infos.get(i).name();
      if (copied().contains(name)) {
        OnnxValue value = answer.get(name).orElseThrow();
        if (!answered) {
          result.outputs().set(i, OutputCopy.shaped(result.outputs().get(i), value, capacity));
        }
        OutputCopy.copy(value, result.outputs().get(i), fromRow, toRow);
      }
    }
    answered = true;
  }

  /**
   * Copies the first rows of answers, all outputs in order, into the rows from {@code fromRow} on.
   *
   * @throws ModelException if rows have another shape than those of the same batch had before
   * @throws MemoryExhaustedException if there is no buffer for rows of that shape
   */
  void take(List<OutputTensor> answers, int rows, int fromRow)
      throws ModelException, MemoryExhaustedException {
    for (int i = 0; i < answers.size(); i++) {
      if (!answered) {
        OutputTensor output = result.outputs().get(i);
        result.outputs().set(i, OutputCopy.shaped(output, answers.get(i).rowShape(), capacity));
      }
      OutputCopy.copyRows(answers.get(i), rows, result.outputs().get(i), fromRow);
    }
    answered = true;
  }

  private void release() {
    pinned.values().forEach(OnnxTensor::close);
    pinned.clear();
  }

  /** Releases the tensors; the buffers stay the result's. */
  @Override
  public void close() {
    release();
    result = null;
  }
}
