package dev.sluice.encode;

import static java.util.Objects.requireNonNull;

import dev.sluice.model.ModelIdentity;
import dev.sluice.record.ColumnView;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.OutputLimit;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.TensorBuffer;
import dev.sluice.record.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Knows which predictions cannot be written: those that are too large, and where the topic takes no
 * message without a key, those of records that have none. Most are so small that a bound shows it;
 * only the others are encoded to see. Headers are no reason: they can be left out.
 */
public final class PredictionLimit implements OutputLimit {
  private static final long serialVersionUID = 1L;

  /** Coordinates, event time, lengths and counts, Kafka's overhead and the mark of a cut. */
  private static final int FIXED = 1024;

  /** Lengths and counts around an output, a header, a warning or a passed-through field. */
  private static final int PART = 64;

  /** A number takes no more; nor does a character of UTF-16 more than three bytes. */
  private static final int NUMBER = 10;

  private static final int CHARACTER = 3;

  private final ModelIdentity model;
  private final List<String> passThrough;
  private final OutputFraming framing;
  private final int maxBytes;
  private final boolean keyed;
  private transient PredictionEncoder encoder;
  private transient FeatureBatch plannedFor;
  private transient OutputTensor[] plannedOutputs;
  private transient long fixedBytes;
  private transient TensorBuffer[] texts;
  private transient ColumnView[] passedTexts;

  /**
   * @param passThrough as the encoder of predictions has it
   * @param framing what stands before each value
   * @param maxBytes how large a message may be by a producer's estimate
   * @param keyed whether the topic takes no message without a key
   */
  public PredictionLimit(
      ModelIdentity model,
      List<String> passThrough,
      OutputFraming framing,
      int maxBytes,
      boolean keyed) {
    this.model = requireNonNull(model, "model is null");
    this.passThrough = List.copyOf(passThrough);
    this.framing = requireNonNull(framing, "framing is null");
    this.maxBytes = maxBytes;
    this.keyed = keyed;
  }

  @Override
  public String excess(PredictionBatch batch, int row) {
    if (bound(batch, row) <= maxBytes) {
      return null;
    }
    long size = encoder().leastSize(batch, row);
    return size <= maxBytes ? null : message("prediction", size);
  }

  @Override
  public String excess(EncodedRecord tombstone) {
    long size = PredictionEncoder.leastSize(tombstone);
    return size <= maxBytes ? null : message("tombstone", size);
  }

  @Override
  public String missingKey(EncodedRecord record) {
    return keyed && record.key() == null
        ? "the record has no key, expected one: topics.predictions names a compacted topic, which takes no message without a key"
        : null;
  }

  private String message(String what, long size) {
    return "the %s has %,d bytes, expected at most %,d (max.request.size of the producers, less what compression may add)"
        .formatted(what, size, maxBytes);
  }

  private PredictionEncoder encoder() {
    if (encoder == null) {
      encoder = newEncoder();
    }
    return encoder;
  }

  /** Returns an encoder that leaves out the headers that would make a message too large. */
  PredictionEncoder newEncoder() {
    return new PredictionEncoder(model, passThrough, framing, maxBytes);
  }

  /** Returns a size that no message for the row can have, without encoding it. */
  private long bound(PredictionBatch batch, int row) {
    FeatureBatch features = batch.features();
    EncodedRecord source = features.source(row);
    plan(batch);
    long bytes = fixedBytes + text(source.topic());
    bytes += source.key() == null ? 0 : 2L * source.key().length;
    for (TensorBuffer values : texts) {
      bytes += texts(values, row);
    }
    for (ColumnView column : passedTexts) {
      bytes += column.isMissing(row) ? 0 : text(column.textAt(row, 0));
    }
    return bytes + warnings(features.warnings(row)) + warnings(batch.warnings(row));
  }

  /** Sums up what is the same for all rows, once for all batches of the same buffers. */
  private void plan(PredictionBatch batch) {
    if (plannedFor == batch.features() && isPlannedFor(batch.outputs())) {
      return;
    }
    plannedFor = batch.features();
    plannedOutputs = batch.outputs().toArray(OutputTensor[]::new);
    fixedBytes = FIXED + text(model.name()) + text(model.version()) + text(model.sha256());
    List<TensorBuffer> textOutputs = new ArrayList<>();
    for (OutputTensor output : plannedOutputs) {
      TensorBuffer values = output.values();
      fixedBytes += PART + text(output.name()) + (long) NUMBER * output.rowShape().size();
      fixedBytes += (long) NUMBER * values.rowWidth();
      if (values.type() == ElementType.STRING || values.type() == ElementType.SCORES) {
        textOutputs.add(values);
      }
    }
    texts = textOutputs.toArray(TensorBuffer[]::new);
    List<ColumnView> textColumns = new ArrayList<>();
    for (String name : passThrough) {
      ColumnView column = plannedFor.column(plannedFor.layout().indexOf(name));
      fixedBytes += PART + text(name);
      if (column.column().type() == ElementType.STRING) {
        textColumns.add(column);
      }
    }
    passedTexts = textColumns.toArray(ColumnView[]::new);
  }

  /** Compares identities: the model replaces an output tensor where its shape changes. */
  private boolean isPlannedFor(List<OutputTensor> outputs) {
    boolean same = outputs.size() == plannedOutputs.length;
    for (int i = 0; same && i < plannedOutputs.length; i++) {
      same = outputs.get(i) == plannedOutputs[i];
    }
    return same;
  }

  private static long texts(TensorBuffer values, int row) {
    int width = values.rowWidth();
    long bytes = 0;
    for (int i = row * width; i < (row + 1) * width; i++) {
      bytes +=
          values.type() == ElementType.STRING ? text(values.textAt(i)) : scores(values.scoresAt(i));
    }
    return bytes;
  }

  private static long scores(Map<String, Double> scores) {
    long bytes = 0;
    for (String label : scores.keySet()) {
      bytes += 2 * NUMBER + text(label);
    }
    return bytes;
  }

  private static long warnings(List<Violation> warnings) {
    long bytes = 0;
    for (int i = 0; i < Math.min(warnings.size(), PredictionEncoder.MAX_WARNINGS); i++) {
      Violation warning = warnings.get(i);
      bytes += 2 * PART + text(warning.column()) + text(warning.value());
      bytes += text(warning.expectation()) + text(warning.bound());
    }
    return bytes;
  }

  private static long text(String text) {
    return (long) CHARACTER * text.length();
  }
}
