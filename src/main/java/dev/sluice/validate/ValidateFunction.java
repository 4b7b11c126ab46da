package dev.sluice.validate;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.DataProfile;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Violation;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sends rows that do not meet a critical expectation to dead letters and, for their profile, to the
 * side output of rejected rows; gives the others on.
 */
public final class ValidateFunction extends ProcessFunction<FeatureRow, FeatureRow> {
  private static final long serialVersionUID = 1L;

  private final FeatureLayout layout;
  private final DataProfile profile;
  private final String eventTimeField;
  private final Duration maxAhead;
  private final OutputTag<DeadLetter> deadLetters;
  private final OutputTag<FeatureRow> rejectedRows;
  private transient RecordValidator validator;
  private transient Counter rejected;
  private transient Counter warned;

  /**
   * @param eventTimeField path of the event time, empty for Kafka's timestamp
   * @param maxAhead how far an event time may be after Kafka's timestamp
   */
  public ValidateFunction(
      FeatureLayout layout,
      DataProfile profile,
      String eventTimeField,
      Duration maxAhead,
      OutputTag<DeadLetter> deadLetters,
      OutputTag<FeatureRow> rejectedRows) {
    this.layout = requireNonNull(layout, "layout is null");
    this.profile = requireNonNull(profile, "profile is null");
    this.eventTimeField = requireNonNull(eventTimeField, "eventTimeField is null");
    this.maxAhead = requireNonNull(maxAhead, "maxAhead is null");
    this.deadLetters = requireNonNull(deadLetters, "deadLetters is null");
    this.rejectedRows = requireNonNull(rejectedRows, "rejectedRows is null");
  }

  @Override
  public void open(OpenContext context) {
    validator = RecordValidator.compile(layout, profile, eventTimeField, maxAhead);
    rejected = getRuntimeContext().getMetricGroup().counter("rejected");
    warned = getRuntimeContext().getMetricGroup().counter("warned");
  }

  @Override
  public void processElement(FeatureRow row, Context context, Collector<FeatureRow> out) {
    long eventTime = row.eventTime(); // a check may put Kafka's timestamp in its place
    if (validator.check(row)) {
      if (!row.violations().isEmpty()) {
        warned.inc();
      }
      out.collect(row);
      return;
    }
    rejected.inc();
    Violation first = RecordValidator.firstCritical(row);
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
}
