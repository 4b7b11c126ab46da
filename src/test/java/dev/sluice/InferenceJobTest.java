package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.OptionReader;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the job makes of its options about time. */
class InferenceJobTest {
  private static final String SCHEMA =
      "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"ts\",\"type\":\"long\"},"
          + "{\"name\":\"x\",\"type\":\"float\"}]}";
  private static final long NOW = 1_700_000_000_000L;
  private static final long MINUTE = 60_000;

  @TempDir private Path directory;
  private final Collected watermarks = new Collected();
  private final ManualClock clock = new ManualClock(1); // 0 is not set, to Flink
  private TimestampAssigner<EncodedRecord> assigner;
  private WatermarkGenerator<EncodedRecord> generator;

  private void start(String... more) throws IOException {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", "localhost:1");
    options.put(
        "features.schema", Files.writeString(directory.resolve("R.avsc"), SCHEMA).toString());
    options.put("features.event-time.field", "ts");
    options.put("model.uri", "src/test/resources/models/log-label.onnx");
    options.put("validation.profile", "none");
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    WatermarkStrategy<EncodedRecord> strategy =
        InferenceJob.watermarks(JobPlanner.plan(OptionReader.read(options)));
    assigner = strategy.createTimestampAssigner(null);
    generator = strategy.createWatermarkGenerator(new SourceContext(clock));
  }

  /** Reads a record of Kafka's timestamp {@link #NOW} and returns its event time. */
  private long read(long eventTime) throws IOException {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(value, null);
    encoder.writeLong(eventTime);
    encoder.writeFloat(0.5f);
    EncodedRecord record =
        new EncodedRecord("features", 0, 0, NOW, null, value.toByteArray(), Header.NONE);
    long time = assigner.extractTimestamp(record, NOW);
    generator.onEvent(record, time, watermarks);
    generator.onPeriodicEmit(watermarks);
    return time;
  }

  @Test
  void eventTimesStrayAsFarAsTheOptionsSay() throws IOException {
    start("event-time.max-ahead", "10 min", "event-time.max-out-of-orderness", "5 s");
    assertThat(read(NOW + 11 * MINUTE)).isEqualTo(DeadLetter.NO_EVENT_TIME);
    assertThat(watermarks.times).isEmpty();
    assertThat(read(NOW + 9 * MINUTE)).isEqualTo(NOW + 9 * MINUTE);
    assertThat(watermarks.times).containsExactly(NOW + 9 * MINUTE - 5_000 - 1);
  }

  /** Where input ends, a partition of which nothing comes is just not read yet, or at its end. */
  @ParameterizedTest
  @CsvSource({"false, true", "true, false"})
  void aSilentPartitionIsIdleUnlessTheInputEnds(String bounded, boolean idle) throws IOException {
    start("source.bounded", bounded, "event-time.idleness", "1 s");
    read(NOW);
    for (int minute = 0; minute < 60; minute++) {
      clock.advanceTime(Duration.ofMinutes(1));
      generator.onPeriodicEmit(watermarks);
    }
    assertThat(watermarks.idle).isEqualTo(idle);
  }

  private static final class Collected implements WatermarkOutput {
    private final List<Long> times = new ArrayList<>();
    private boolean idle;

    @Override
    public void emitWatermark(Watermark watermark) {
      times.add(watermark.getTimestamp());
    }

    @Override
    public void markIdle() {
      idle = true;
    }

    @Override
    public void markActive() {
      idle = false;
    }
  }

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
