package dev.sluice.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.BatchOptions;
import dev.sluice.config.Execution;
import dev.sluice.config.RowCap;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.InputTensor;
import dev.sluice.serial.ArrowTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/**
 * The batch operator with rows of one column, which holds their offset. The harness copies each
 * batch as it is collected, since the operator fills it anew. Unlike Flink, it fires a timer at its
 * timestamp and not a millisecond later.
 */
final class BatchHarness {
  static final FeatureLayout LAYOUT =
      new FeatureLayout(
          List.of(new FeatureColumn("x", ElementType.FLOAT, 1)),
          List.of(new InputTensor("input", ElementType.FLOAT, List.of(1), List.of(0))));

  private final FeatureRow row = new FeatureRow(LAYOUT);
  private final OneInputStreamOperatorTestHarness<FeatureRow, FeatureBatch> harness;

  private BatchHarness(OneInputStreamOperatorTestHarness<FeatureRow, FeatureBatch> harness) {
    this.harness = harness;
  }

  static BatchOptions options(int maxRows, long maxDelay, long maxQuiet, long maxBytes) {
    return new BatchOptions(
        maxRows,
        Duration.ofMillis(maxDelay),
        Duration.ofMillis(maxQuiet),
        new MemorySize(maxBytes),
        RowCap.FIXED);
  }

  static BatchHarness open(BatchOptions options) throws Exception {
    return open(options, (OperatorSubtaskState) null);
  }

  /** Opens the operator with metrics of its own; the caller closes the environment. */
  static BatchHarness open(BatchOptions options, MockEnvironment environment) throws Exception {
    return open(new OneInputStreamOperatorTestHarness<>(operator(options), environment), null);
  }

  private static BatchOperator operator(BatchOptions options) {
    return new BatchOperator(LAYOUT, options, options.rowCap().adaptsOn(Execution.CPU));
  }

  /** Opens the operator from a snapshot, or from none where the state is null. */
  static BatchHarness open(BatchOptions options, OperatorSubtaskState state) throws Exception {
    return open(new OneInputStreamOperatorTestHarness<>(operator(options)), state);
  }

  private static BatchHarness open(
      OneInputStreamOperatorTestHarness<FeatureRow, FeatureBatch> harness,
      OperatorSubtaskState state)
      throws Exception {
    harness.setup(ArrowTypes.FEATURE_BATCH.createSerializer(new SerializerConfigImpl()));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return new BatchHarness(harness);
  }

  OneInputStreamOperatorTestHarness<FeatureRow, FeatureBatch> flink() {
    return harness;
  }

  /** Adds rows of 10 bytes. */
  void add(long... offsets) throws Exception {
    for (long offset : offsets) {
      row.reset(new EncodedRecord("t", 0, offset, 100 + offset, null, new byte[10], Header.NONE));
      row.setDouble(0, offset);
      row.setMissing(0, false);
      harness.processElement(new StreamRecord<>(row));
    }
  }

  void addWithoutValue(long offset) throws Exception {
    row.reset(new EncodedRecord("t", 0, offset, 100, null, new byte[1], Header.NONE));
    harness.processElement(new StreamRecord<>(row));
  }

  void addTombstone(long offset) throws Exception {
    row.resetToTombstone(new EncodedRecord("t", 0, offset, 100, null, null, Header.NONE));
    harness.processElement(new StreamRecord<>(row));
  }

  void setTime(long millis) throws Exception {
    harness.setProcessingTime(millis);
  }

  int timers() {
    return harness.getProcessingTimeService().getNumActiveTimers();
  }

  /** Returns what came out since the last call: offsets of each batch, watermarks, statuses. */
  List<Object> output() {
    List<Object> seen = new ArrayList<>();
    for (Object element : harness.getOutput()) {
      seen.add(
          element instanceof StreamRecord<?> record
              ? offsets((FeatureBatch) record.getValue())
              : element);
    }
    harness.getOutput().clear();
    return seen;
  }

  private static List<Long> offsets(FeatureBatch batch) {
    List<Long> offsets = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      long offset = batch.source(i).offset();
      assertThat(batch.column(0).numberAt(i, 0)).isEqualTo(offset);
      assertThat(batch.eventTime(i)).isEqualTo(100 + offset);
      offsets.add(offset);
    }
    return offsets;
  }

  void close() throws Exception {
    harness.close();
  }
}
