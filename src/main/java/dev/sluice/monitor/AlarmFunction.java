package dev.sluice.monitor;

import dev.sluice.config.AlarmOptions;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.DataProfile;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;

/** Raises the alarms of each published profile, once per window, and counts them. */
public final class AlarmFunction extends RichFlatMapFunction<DataProfile, Alarm> {
  private static final long serialVersionUID = 1L;

  private final Alarms alarms;
  private transient Counter alarmsRaised;

  public AlarmFunction(AlarmOptions options) {
    this.alarms = new Alarms(options);
  }

  @Override
  public void open(OpenContext context) {
    alarmsRaised = getRuntimeContext().getMetricGroup().counter("alarmsRaised");
  }

  @Override
  public void flatMap(DataProfile profile, Collector<Alarm> out) {
    for (Alarm alarm : alarms.of(profile)) {
      alarmsRaised.inc();
      out.collect(alarm);
    }
  }
}
