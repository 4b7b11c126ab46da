package dev.sluice.validate;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.OnCritical;
import dev.sluice.config.ValidationOptions;
import dev.sluice.profile.DataProfile;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Violation;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sends rows that do not meet a critical expectation to dead letters and, for their profile, to the
 * side output of rejected rows; gives the others on. By option, such rows are given on as well, or
 * stop the job.
 */
public final class ValidateFunction extends ProcessFunction<FeatureRow, FeatureRow>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private final FeatureLayout layout;
  private final DataProfile profile;
  private final String eventTimeField;
  private final Duration maxAhead;
  private final OnCritical onCritical;
  private final String producerHeader;
  private final OutputTag<DeadLetter> deadLetters;
  private final OutputTag<FeatureRow> rejectedRows;
  private transient EventTimeState eventTimes;
  private transient RecordValidator validator;
  private transient ValidateMetrics metrics;

  /**
   * @param eventTimeField path of the event time, empty for Kafka's timestamp
   * @param maxAhead how far an event time may be after Kafka's timestamp
   */
  public ValidateFunction(
      FeatureLayout layout,
      DataProfile profile,
      String eventTimeField,
      Duration maxAhead,
      ValidationOptions options,
      OutputTag<DeadLetter> deadLetters,
      OutputTag<FeatureRow> rejectedRows) {
    this.layout = requireNonNull(layout, "layout is null");
    this.profile = requireNonNull(profile, "profile is null");
    this.eventTimeField = requireNonNull(eventTimeField, "eventTimeField is null");
    this.maxAhead = requireNonNull(maxAhead, "maxAhead is null");
    this.onCritical = options.onCritical();
    this.producerHeader = options.producerHeader().orElse("");
    this.deadLetters = requireNonNull(deadLetters, "deadLetters is null");
    this.rejectedRows = requireNonNull(rejectedRows, "rejectedRows is null");
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    eventTimes = EventTimeState.restore(context.getOperatorStateStore(), eventTimeField);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    eventTimes.save();
  }

  @Override
  public void open(OpenContext context) {
    validator =
        RecordValidator.compile(layout, profile, eventTimeField, maxAhead, eventTimes.latest());
    metrics = new ValidateMetrics(getRuntimeContext().getMetricGroup(), producerHeader);
  }

  @Override
  public void processElement(FeatureRow row, Context context, Collector<FeatureRow> out) {
    if (row.isTombstone()) {
      out.collect(row);
      return;
    }
    long eventTime = row.eventTime(); // a check may put Kafka's timestamp in its place
    if (validator.check(row)) {
      metrics.valid(!row.violations().isEmpty());
      out.collect(row);
      return;
    }
    Violation first = RecordValidator.firstCritical(row);
    if (onCritical == OnCritical.FAIL_JOB) {
      throw stop(row.source(), first);
    }
    if (onCritical == OnCritical.FLAG && validator.isPredictable(row)) {
      metrics.flagged();
      out.collect(row);
      return;
    }
    metrics.rejected(row, first);
    context.output(
        deadLetters,
        new DeadLetter(
            DeadLetter.Kind.REJECTED,
            first.reason(),
            first.message(),
            row.violations(),
            row.source(),
            eventTime));
    context.output(rejectedRows, row);
  }

  /** A restart would read the same record again. */
  private static RuntimeException stop(EncodedRecord source, Violation violation) {
    return new SuppressRestartsException(
        new IllegalStateException(
            "record at topic %s, partition %d, offset %d: %s (validation.on-critical is fail-job)"
                .formatted(
                    source.topic(), source.partition(), source.offset(), violation.message())));
  }
}
