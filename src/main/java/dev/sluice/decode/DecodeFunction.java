package dev.sluice.decode;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.Tombstones;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Decodes each record into the one row it reuses; what is malformed goes to dead letters, and so
 * does what was written with a schema that nobody knows or that cannot be read as the job's.
 *
 * <p>Its metrics are those of {@link DecodeMetrics}.
 */
public final class DecodeFunction extends ProcessFunction<EncodedRecord, FeatureRow> {
  private static final long serialVersionUID = 1L;

  private final RecordDecoding decoding;
  private final FeatureLayout layout;
  private final String eventTimeField;
  private final Tombstones tombstonePolicy;
  private final OutputTag<DeadLetter> deadLetters;
  private transient RecordDecoder decoder;
  private transient FeatureRow row;
  private transient DecodeMetrics metrics;

  /**
   * @param decoding how records are framed and which schemas they have
   * @param layout the columns wanted
   * @param eventTimeField dotted path of the event time, empty for Kafka's timestamp
   * @param tombstonePolicy what becomes of records without a value
   */
  public DecodeFunction(
      RecordDecoding decoding,
      FeatureLayout layout,
      String eventTimeField,
      Tombstones tombstonePolicy,
      OutputTag<DeadLetter> deadLetters) {
    this.decoding = requireNonNull(decoding, "decoding is null");
    this.layout = requireNonNull(layout, "layout is null");
    this.eventTimeField = requireNonNull(eventTimeField, "eventTimeField is null");
    this.tombstonePolicy = requireNonNull(tombstonePolicy, "tombstonePolicy is null");
    this.deadLetters = requireNonNull(deadLetters, "deadLetters is null");
  }

  @Override
  public void open(OpenContext context) {
    decoder = RecordDecoder.open(decoding, layout, eventTimeField);
    row = new FeatureRow(layout);
    metrics = new DecodeMetrics(getRuntimeContext().getMetricGroup(), decoder::decoders);
  }

  @Override
  public void close() {
    if (decoder != null) {
      decoder.close();
    }
  }

  @Override
  public void processElement(EncodedRecord record, Context context, Collector<FeatureRow> out)
      throws InterruptedException {
    if (record.value() == null && tombstonePolicy != Tombstones.DEAD_LETTER) {
      metrics.tombstone(tombstonePolicy);
      if (tombstonePolicy == Tombstones.PASS) {
        row.resetToTombstone(record);
        out.collect(row);
      }
      return;
    }
    try {
      if (record.value() == null) {
        throw new MalformedRecordException(Reason.NULL_VALUE, "value is null, expected a record");
      }
      if (record.value().length == 0) {
        throw new MalformedRecordException(Reason.EMPTY_VALUE, "value is empty, expected a record");
      }
      if (eventTimeField.isEmpty() && !record.hasTimestamp()) {
        throw new MalformedRecordException(
            Reason.NO_TIMESTAMP,
            "Kafka's timestamp is missing, expected one, since it is the event time"
                + " (features.event-time.field names no field)");
      }
      decoder.decode(record, row);
    } catch (MalformedRecordException e) {
      metrics.malformed(e.reason());
      context.output(
          deadLetters,
          new DeadLetter(
              DeadLetter.Kind.MALFORMED,
              e.reason(),
              e.getMessage(),
              List.of(),
              record,
              DeadLetter.NO_EVENT_TIME));
      return;
    }
    metrics.decoded();
    out.collect(row);
  }
}
