package dev.sluice.decode;

import static java.util.Objects.requireNonNull;

import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkAlignmentParams;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.eventtime.WatermarksWithIdleness;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Watermarks from the event time inside the records, made in the source and so per partition. They
 * stay behind the latest event time by the allowed disorder.
 *
 * <p>A record whose event time cannot be read, or is too far ahead of Kafka's timestamp, or of the
 * clock where that is missing, does not move the watermark: in a backfill of old events, Kafka's
 * own timestamp of one malformed record would close every window. Nor does it count as activity: a
 * partition that carries nothing else becomes idle like a silent one, so that it does not hold back
 * the others. Schemas are never waited for here: where the source waits for one, time stands still
 * as to idleness.
 */
public final class EventTimeWatermarks implements WatermarkStrategy<EncodedRecord> {
  private static final long serialVersionUID = 1L;

  /** How often partitions are compared: each time the slowest may have moved on by the drift. */
  private static final Duration DRIFT_INTERVAL = Duration.ofSeconds(1);

  private final RecordDecoding decoding;
  private final String field;
  private final long maxAheadMillis;
  private final long maxOutOfOrdernessMillis;
  private final Duration idleness;
  private final Duration maxDrift;
  private transient WriterSchemas.Reader schemas;

  /**
   * @param decoding how records are framed and which schemas they have
   * @param field dotted path of the event time, empty for Kafka's timestamp
   * @param maxAhead how far an event time may be after Kafka's timestamp, or after the clock where
   *     that is missing
   * @param maxOutOfOrderness how far the watermark stays behind the latest event time
   * @param idleness after how long without a usable event time a partition is idle; zero for never
   * @param maxDrift how far a partition may be ahead of the slowest one, subtasks of the source
   *     together, before its reading pauses; zero for no limit
   */
  public EventTimeWatermarks(
      RecordDecoding decoding,
      String field,
      Duration maxAhead,
      Duration maxOutOfOrderness,
      Duration idleness,
      Duration maxDrift) {
    this.decoding = requireNonNull(decoding, "decoding is null");
    this.field = requireNonNull(field, "field is null");
    this.maxAheadMillis = maxAhead.toMillis();
    this.maxOutOfOrdernessMillis = maxOutOfOrderness.toMillis();
    this.idleness = requireNonNull(idleness, "idleness is null");
    this.maxDrift = requireNonNull(maxDrift, "maxDrift is null");
  }

  @Override
  public WatermarkAlignmentParams getAlignmentParameters() {
    return maxDrift.isZero()
        ? WatermarkAlignmentParams.WATERMARK_ALIGNMENT_DISABLED
        : new WatermarkAlignmentParams(maxDrift.toMillis(), "features", DRIFT_INTERVAL.toMillis());
  }

  @Override
  public TimestampAssigner<EncodedRecord> createTimestampAssigner(
      TimestampAssignerSupplier.Context context) {
    return timestampAssigner(System::currentTimeMillis);
  }

  /**
   * Returns what reads event times.
   *
   * @param clock milliseconds since the epoch, asked where Kafka's timestamp is missing
   */
  TimestampAssigner<EncodedRecord> timestampAssigner(LongSupplier clock) {
    if (field.isEmpty()) {
      return (record, kafkaTimestamp) ->
          record.hasTimestamp() ? record.timestamp() : DeadLetter.NO_EVENT_TIME;
    }
    FramedEventTimes reader = new FramedEventTimes(decoding, field, schemas());
    return (record, kafkaTimestamp) -> {
      long eventTime = reader.read(record);
      return record.isAhead(eventTime, maxAheadMillis, clock)
          ? DeadLetter.NO_EVENT_TIME
          : eventTime;
    };
  }

  @Override
  public WatermarkGenerator<EncodedRecord> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    // Subtracting the delay from what is earlier would wrap to a late watermark.
    long earliest = Long.MIN_VALUE + maxOutOfOrdernessMillis + 1;
    WatermarkGenerator<EncodedRecord> latest = new Latest(earliest, maxOutOfOrdernessMillis);
    return new Usable(
        earliest,
        idleness.isZero()
            ? latest
            : new WatermarksWithIdleness<>(
                latest, idleness, new HeldClock(context.getInputActivityClock(), schemas())));
  }

  /** Each subtask has its own copy of this strategy, and so its own view of the schemas. */
  private WriterSchemas.Reader schemas() {
    if (schemas == null) {
      schemas = decoding.schemas().glance();
    }
    return schemas;
  }

  /**
   * A clock that stands still while records wait for a schema: a partition that cannot go on is not
   * idle, and were it taken for idle, the records that wait would come too late. It is asked at
   * every periodic watermark, so it is right to that.
   */
  private static final class HeldClock implements RelativeClock {
    private final RelativeClock clock;
    private final WriterSchemas.Reader schemas;
    private long before;
    private long held;

    HeldClock(RelativeClock clock, WriterSchemas.Reader schemas) {
      this.clock = clock;
      this.schemas = schemas;
      this.before = clock.relativeTimeNanos();
    }

    @Override
    public long relativeTimeMillis() {
      return relativeTimeNanos() / 1_000_000;
    }

    @Override
    public long relativeTimeNanos() {
      long now = clock.relativeTimeNanos();
      held += schemas.isWaiting() ? now - before : 0;
      before = now;
      return now - held;
    }
  }

  /** Tells another generator of the records with a usable event time only. */
  private record Usable(long earliest, WatermarkGenerator<EncodedRecord> generator)
      implements WatermarkGenerator<EncodedRecord> {
    @Override
    public void onEvent(EncodedRecord record, long eventTime, WatermarkOutput output) {
      if (eventTime > earliest) {
        generator.onEvent(record, eventTime, output);
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      generator.onPeriodicEmit(output);
    }
  }

  /** Follows the latest event time. */
  private static final class Latest implements WatermarkGenerator<EncodedRecord> {
    private final long delay;
    private final long earliest;
    private long latest;

    Latest(long earliest, long delay) {
      this.delay = delay;
      this.earliest = earliest;
      this.latest = earliest;
    }

    @Override
    public void onEvent(EncodedRecord record, long eventTime, WatermarkOutput output) {
      latest = Math.max(latest, eventTime);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      if (latest > earliest) {
        output.emitWatermark(new Watermark(latest - delay - 1));
      }
    }
  }
}
