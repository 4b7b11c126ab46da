package dev.sluice.monitor.alarm;

import dev.sluice.config.AlarmOptions;
import dev.sluice.config.AlarmWindows;
import dev.sluice.config.EventTimeOptions;
import dev.sluice.config.ProfileOptions;
import dev.sluice.metric.RecordedMetrics;
import dev.sluice.monitor.CountedState;
import dev.sluice.monitor.Segments;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.DataProfile;
import dev.sluice.serial.ArrowTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** An alarm function under Flink's harness, which can be stopped and started from its state. */
final class AlarmHarness implements AutoCloseable {
  private final AlarmWindows windows;
  private final Duration lateness;
  private KeyedOneInputStreamOperatorTestHarness<String, DataProfile, Alarm> harness;
  private RecordedMetrics metrics;
  private MockEnvironment environment;
  private final List<Alarm> seen = new ArrayList<>();
  private Duration outOfOrderness = Duration.ZERO;
  private String model = Windows.MODEL;
  private Segments segments = Segments.NONE;
  private final CountedState counted = new CountedState();
  private long now;

  AlarmHarness(AlarmWindows windows) throws Exception {
    this(windows, Duration.ZERO);
  }

  AlarmHarness(AlarmWindows windows, Duration allowedLateness) throws Exception {
    this.windows = windows;
    this.lateness = allowedLateness;
    start(null);
  }

  /** Options of windows of an hour. */
  private Configuration times() {
    Configuration options = new Configuration();
    options.set(ProfileOptions.WINDOW, "PT1H");
    options.set(ProfileOptions.ALLOWED_LATENESS, lateness);
    options.set(EventTimeOptions.MAX_OUT_OF_ORDERNESS, outOfOrderness);
    return options;
  }

  /** Returns how often the function's state was asked for. */
  CountedState state() {
    return counted;
  }

  private void start(OperatorSubtaskState state) throws Exception {
    metrics = new RecordedMetrics();
    environment = metrics.environment();
    AlarmOptions options = new AlarmOptions(true, windows, Duration.ZERO, 0.25, 100);
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            state()
                .operator(
                    new AlarmFunction(
                        model,
                        Windows.BASELINE,
                        segments,
                        ProfileOptions.from(times()),
                        options,
                        0.01,
                        EventTimeOptions.from(times()))),
            AlarmFunction::key,
            Types.STRING,
            environment);
    harness.setup(ArrowTypes.ALARM.createSerializer(new SerializerConfigImpl()));
    harness.setProcessingTime(now);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  /** Takes a savepoint and goes on from it. */
  void restart() throws Exception {
    harness.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState state = harness.snapshot(1, now);
    seen.addAll(harness.extractOutputValues());
    stop();
    start(state);
  }

  void restartWithModel(String otherModel) throws Exception {
    restartWithModel(otherModel, Duration.ZERO);
  }

  void restartWithModel(String otherModel, Duration maxOutOfOrderness) throws Exception {
    model = otherModel;
    outOfOrderness = maxOutOfOrderness;
    restart();
  }

  void restartWithSegments(Segments others) throws Exception {
    segments = others;
    restart();
  }

  /** Takes profiles. */
  void add(DataProfile... profiles) throws Exception {
    for (DataProfile profile : profiles) {
      harness.processElement(new StreamRecord<>(profile));
    }
  }

  /** Closes the window of an hour and all before it. */
  void close(int hour) throws Exception {
    watermark((hour + 1) * Windows.HOUR - 1 + lateness.toMillis());
  }

  void watermark(long time) throws Exception {
    harness.processWatermark(time);
  }

  void clock(long millis) throws Exception {
    now = millis;
    harness.setProcessingTime(millis);
  }

  /** Returns the alarms since the last call. */
  List<Alarm> alarms() {
    List<Alarm> alarms = new ArrayList<>(seen);
    alarms.addAll(harness.extractOutputValues());
    seen.clear();
    harness.getOutput().clear();
    return alarms;
  }

  /** Returns the value of a metric since the start. */
  double metric(String name) {
    return metrics.value(name);
  }

  int stateEntries() {
    return harness.numKeyedStateEntries();
  }

  private void stop() throws Exception {
    harness.close();
    environment.close();
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (Exception e) {
      throw new IllegalStateException("closing the harness failed", e);
    }
  }
}
