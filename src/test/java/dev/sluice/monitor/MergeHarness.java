package dev.sluice.monitor;

import dev.sluice.metric.RecordedMetrics;
import dev.sluice.profile.DataProfile;
import dev.sluice.record.FeatureRow;
import dev.sluice.serial.ArrowTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The merging stage under a harness that can be started again from its state. */
final class MergeHarness {
  private KeyedOneInputStreamOperatorTestHarness<String, WindowPartial, DataProfile> harness;
  private RecordedMetrics metrics;
  private MockEnvironment environment;
  private final CountedState counted = new CountedState();

  /** Returns how often the function's state was asked for. */
  CountedState state() {
    return counted;
  }

  /** Starts anew; from no state where it is null. */
  void start(Monitor monitor, OperatorSubtaskState state) throws Exception {
    close();
    metrics = new RecordedMetrics();
    environment = metrics.environment();
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            counted.operator(monitor.merge()), WindowPartial::key, Types.STRING, environment);
    harness.setup(ArrowTypes.DATA_PROFILE.createSerializer(new SerializerConfigImpl()));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  void close() throws Exception {
    if (harness != null) {
      harness.close();
      environment.close();
    }
  }

  OperatorSubtaskState snapshot() throws Exception {
    harness.prepareSnapshotPreBarrier(1);
    return harness.snapshot(1, 0);
  }

  void add(List<WindowPartial> partials) throws Exception {
    for (WindowPartial partial : partials) {
      harness.processElement(new StreamRecord<>(partial, partial.windowEnd() - 1));
    }
  }

  void processWatermark(long time) throws Exception {
    harness.processWatermark(time);
  }

  void setProcessingTime(long time) throws Exception {
    harness.setProcessingTime(time);
  }

  /** Returns the value of a metric since the start. */
  double metric(String name) {
    return metrics.value(name);
  }

  int numKeyedStateEntries() {
    return harness.numKeyedStateEntries();
  }

  /** Returns what was published since the last call. */
  List<DataProfile> published() {
    List<DataProfile> profiles = new ArrayList<>(harness.extractOutputValues());
    harness.getOutput().clear();
    return profiles;
  }

  /** Returns the summaries since the last call: {@code [start, end) rows, late}. */
  List<String> summaries() {
    return published().stream()
        .filter(profile -> profile.columns().isEmpty())
        .map(
            profile ->
                "[%d, %d) %d, %d late"
                    .formatted(
                        profile.window().start(),
                        profile.window().end(),
                        profile.counts().rows(),
                        profile.counts().late()))
        .toList();
  }

  /** Returns partials of rows with these event times, x = time mod 30. */
  static List<WindowPartial> partials(String window, String sha256, long... eventTimes) {
    List<WindowPartial> flushed = new ArrayList<>();
    WindowPartials partials =
        new WindowPartials(
            Fixtures.scope(
                window,
                sha256,
                sha256.equals(Fixtures.SHA)
                    ? Fixtures.baseline(0, 10, 20)
                    : Fixtures.baseline(0, 7, 14, 21)),
            flushed::add);
    RejectedObserver observer = new RejectedObserver(Fixtures.LAYOUT, partials, "");
    FeatureRow row = new FeatureRow(Fixtures.LAYOUT);
    for (long time : eventTimes) {
      observer.observe(Fixtures.fill(row, time, time % 30, time % 3 == 0 ? "N" : "S"));
    }
    partials.flush();
    return flushed;
  }
}
