package dev.sluice.decode;

import static dev.sluice.decode.RowDecoderTest.field;
import static dev.sluice.decode.RowDecoderTest.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.WireFormat;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.Header;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkAlignmentParams;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

class EventTimeWatermarksTest {
  private static final Schema SCHEMA = AvroRecords.schema(field("ts", "[\"null\",\"long\"]"));
  private static final long NOW = AvroRecords.KAFKA_TIMESTAMP;
  private static final long HOUR = 3_600_000;
  private static final long DELAY = 5_000;

  private final Collected watermarks = new Collected();
  private final ManualClock clock = new ManualClock(1); // 0 is not set, to Flink
  private TimestampAssigner<EncodedRecord> assigner;
  private WatermarkGenerator<EncodedRecord> generator;

  private void start(String field, Duration maxOutOfOrderness) {
    start(field, maxOutOfOrderness, Duration.ZERO);
  }

  private void start(String field, Duration maxOutOfOrderness, Duration idleness) {
    start(RecordDecoding.plain(SCHEMA), field, maxOutOfOrderness, idleness);
  }

  private void start(
      RecordDecoding decoding, String field, Duration maxOutOfOrderness, Duration idleness) {
    EventTimeWatermarks strategy =
        new EventTimeWatermarks(
            decoding, field, Duration.ofHours(1), maxOutOfOrderness, idleness, Duration.ZERO);
    assigner = strategy.timestampAssigner(() -> NOW);
    generator = strategy.createWatermarkGenerator(new SourceContext(clock));
  }

  @Test
  void staysBehindTheLatestEventTime() {
    start("ts", Duration.ofMillis(DELAY));
    generator.onPeriodicEmit(watermarks);
    assertThat(watermarks.times).isEmpty();
    read(at(NOW - 10));
    read(at(NOW - HOUR));
    assertThat(watermarks.times).containsExactly(NOW - 10 - DELAY - 1, NOW - 10 - DELAY - 1);
    read(at(NOW));
    assertThat(watermarks.last()).isEqualTo(NOW - DELAY - 1);
  }

  @Test
  void isNotMovedByRecordsWithoutKafkasTimestamp() {
    start("", Duration.ofMillis(DELAY));
    EncodedRecord untimed = new EncodedRecord("t", 0, 7, -1, null, new byte[1], Header.NONE);
    assertThat(assigner.extractTimestamp(untimed, -1)).isEqualTo(DeadLetter.NO_EVENT_TIME);
    read(untimed);
    assertThat(watermarks.times).isEmpty();
  }

  @Test
  void isNotMovedByMalformedRecords() {
    start("ts", Duration.ofMillis(DELAY));
    for (byte[] value : new byte[][] {null, {}, {4}, {2}, {2, (byte) 0x80}, {0}}) {
      assertThat(read(AvroRecords.encoded(value))).isEqualTo(DeadLetter.NO_EVENT_TIME);
    }
    assertThat(watermarks.times).isEmpty();
    read(at(NOW));
    read(AvroRecords.encoded(new byte[] {2}));
    assertThat(watermarks.last()).isEqualTo(NOW - DELAY - 1);
  }

  @Test
  void isNotMovedByEventTimesTooFarAhead() {
    start("ts", Duration.ofMillis(DELAY));
    assertThat(read(at(NOW + HOUR + 1))).isEqualTo(DeadLetter.NO_EVENT_TIME);
    assertThat(read(at(Long.MAX_VALUE))).isEqualTo(DeadLetter.NO_EVENT_TIME);
    assertThat(watermarks.times).isEmpty();
    assertThat(read(at(NOW + HOUR))).isEqualTo(NOW + HOUR);
    assertThat(watermarks.last()).isEqualTo(NOW + HOUR - DELAY - 1);
  }

  /** A producer can set no timestamp, which brokers' bounds on timestamps let pass. */
  @Test
  void isNotMovedByEventTimesAheadOfTheClockWithoutKafkasTimestamp() {
    start("ts", Duration.ofMillis(DELAY));
    assertThat(read(untimed(NOW + HOUR + 1))).isEqualTo(DeadLetter.NO_EVENT_TIME);
    assertThat(read(untimed(253_370_764_800_000L))).isEqualTo(DeadLetter.NO_EVENT_TIME);
    assertThat(watermarks.times).isEmpty();
    assertThat(read(untimed(NOW + HOUR))).isEqualTo(NOW + HOUR);
    assertThat(watermarks.last()).isEqualTo(NOW + HOUR - DELAY - 1);
  }

  @Test
  void takesTheTimeOfTheMachineForTheClock() {
    assigner =
        new EventTimeWatermarks(
                RecordDecoding.plain(SCHEMA),
                "ts",
                Duration.ofHours(1),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO)
            .createTimestampAssigner(null);
    long now = System.currentTimeMillis();
    assertThat(assigner.extractTimestamp(untimed(now), -1)).isEqualTo(now);
    assertThat(assigner.extractTimestamp(untimed(now + 2 * HOUR), -1))
        .isEqualTo(DeadLetter.NO_EVENT_TIME);
  }

  @Test
  void isNotMovedByTheEarliestEventTimes() {
    start("ts", Duration.ofDays(1));
    for (long early : new long[] {0, 1, HOUR, HOUR + 1, 24 * HOUR, 24 * HOUR + 1}) {
      read(at(Long.MIN_VALUE + early));
    }
    assertThat(watermarks.times).isEmpty();
    read(at(Long.MIN_VALUE + 25 * HOUR));
    assertThat(watermarks.last()).isEqualTo(Long.MIN_VALUE + HOUR - 1);
  }

  @Test
  void followsKafkasTimestampWithoutAField() {
    start("", Duration.ofMillis(DELAY));
    assertThat(read(AvroRecords.encoded(new byte[] {99}))).isEqualTo(NOW);
    assertThat(watermarks.last()).isEqualTo(NOW - DELAY - 1);
  }

  @Test
  void isIdleWithoutUsableEventTimes() {
    start("ts", Duration.ofMillis(DELAY), Duration.ofSeconds(60));
    EncodedRecord[] unusable = {
      AvroRecords.encoded(new byte[] {2}),
      at(NOW + HOUR + 1),
      AvroRecords.encoded(new byte[] {0}),
      at(Long.MIN_VALUE + 1),
    };
    for (int second = 0; second <= 60; second++) {
      assertThat(watermarks.idle).isZero();
      read(unusable[second % unusable.length]);
      clock.advanceTime(Duration.ofSeconds(1));
    }
    read(unusable[0]);
    assertThat(watermarks.idle).as("a partition of unusable records from the start").isEqualTo(1);
    assertThat(watermarks.times).isEmpty();

    read(at(NOW));
    assertThat(watermarks.times).as("active again").containsExactly(NOW - DELAY - 1);
    for (int second = 0; second <= 61; second++) {
      read(unusable[second % unusable.length]);
      clock.advanceTime(Duration.ofSeconds(1));
    }
    assertThat(watermarks.idle).as("after good records").isEqualTo(2);
  }

  @Test
  void isNeverIdleWithUsableEventTimes() {
    start("ts", Duration.ofMillis(DELAY), Duration.ofSeconds(60));
    for (int minute = 0; minute < 10; minute++) {
      read(at(NOW - minute)); // old ones count, too
      clock.advanceTime(Duration.ofSeconds(59));
      generator.onPeriodicEmit(watermarks);
    }
    assertThat(watermarks.idle).isZero();
  }

  @Test
  void isNotIdleWhileTheSourceWaitsForASchema() {
    MapSchemas schemas = new MapSchemas();
    String json = SCHEMA.toString();
    start(
        new RecordDecoding(WireFormat.CONFLUENT, json, json, schemas),
        "ts",
        Duration.ZERO,
        Duration.ofSeconds(60));
    schemas.put(MapSchemas.id(1), SCHEMA);
    byte[] value = Frames.id(1, at(NOW).value());
    assertThat(read(AvroRecords.encoded(value))).isEqualTo(NOW);
    pass(Duration.ofSeconds(50));
    assertThat(watermarks.idle).isZero();
    schemas.setWaiting(true);
    pass(Duration.ofHours(1));
    assertThat(watermarks.idle).as("while it waits").isZero();
    schemas.setWaiting(false);
    pass(Duration.ofSeconds(5));
    assertThat(watermarks.idle).as("just after").isZero();
    pass(Duration.ofSeconds(10));
    assertThat(watermarks.idle).as("once the rest of the minute has passed").isPositive();
  }

  /** Lets time pass as a source does: it asks for watermarks all the while. */
  private void pass(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      clock.advanceTime(Duration.ofSeconds(1));
      generator.onPeriodicEmit(watermarks);
    }
  }

  @Test
  void isNeverIdleWhereIdlenessIsOff() {
    start("ts", Duration.ofMillis(DELAY));
    for (int i = 0; i < 100; i++) {
      generator.onPeriodicEmit(watermarks);
      clock.advanceTime(Duration.ofDays(1));
    }
    assertThat(watermarks.idle).isZero();
  }

  @Test
  void partitionsAreHeldTogetherOnlyWhereThereIsALimit() {
    assertThat(alignment(Duration.ZERO).isEnabled()).isFalse();
    WatermarkAlignmentParams limited = alignment(Duration.ofDays(7));
    assertThat(limited.isEnabled()).isTrue();
    assertThat(limited.getMaxAllowedWatermarkDrift()).isEqualTo(7 * 24 * HOUR);
    assertThat(limited.getUpdateInterval()).isEqualTo(1000);
  }

  private static WatermarkAlignmentParams alignment(Duration maxDrift) {
    return new EventTimeWatermarks(
            RecordDecoding.plain(SCHEMA),
            "ts",
            Duration.ofHours(1),
            Duration.ZERO,
            Duration.ZERO,
            maxDrift)
        .getAlignmentParameters();
  }

  private long read(EncodedRecord record) {
    long timestamp = assigner.extractTimestamp(record, record.timestamp());
    generator.onEvent(record, timestamp, watermarks);
    generator.onPeriodicEmit(watermarks);
    return timestamp;
  }

  private static EncodedRecord untimed(long eventTime) {
    return new EncodedRecord("t", 0, 7, -1, null, at(eventTime).value(), Header.NONE);
  }

  private static EncodedRecord at(long eventTime) {
    return AvroRecords.encoded(AvroRecords.write(record(SCHEMA, "ts", eventTime)));
  }

  /** Collects watermarks. */
  private static final class Collected implements WatermarkOutput {
    private final List<Long> times = new ArrayList<>();
    private int idle;

    @Override
    public void emitWatermark(Watermark watermark) {
      times.add(watermark.getTimestamp());
    }

    @Override
    public void markIdle() {
      idle++;
    }

    @Override
    public void markActive() {}

    long last() {
      return times.get(times.size() - 1);
    }
  }

  /** What a source gives its watermark generators. */
  private record SourceContext(RelativeClock clock) implements WatermarkGeneratorSupplier.Context {
    @Override
    public MetricGroup getMetricGroup() {
      return new UnregisteredMetricsGroup();
    }

    @Override
    public RelativeClock getInputActivityClock() {
      return clock;
    }
  }
}
