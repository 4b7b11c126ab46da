package dev.sluice.deploy;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.autoscaler.config.AutoScalerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalResourceOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/** The settings that Flink and its autoscaler know, by their keys. */
final class FlinkOptions {
  private static final Class<?>[] HOLDERS = {
    AutoScalerOptions.class,
    CheckpointingOptions.class,
    CoreOptions.class,
    ExternalResourceOptions.class,
    HeartbeatManagerOptions.class,
    HighAvailabilityOptions.class,
    JobManagerOptions.class,
    MetricOptions.class,
    PipelineOptions.class,
    RestOptions.class,
    RestartStrategyOptions.class,
    StateBackendOptions.class,
    TaskManagerOptions.class,
    WebOptions.class
  };

  private FlinkOptions() {}

  static Map<String, ConfigOption<?>> known() throws IllegalAccessException {
    Map<String, ConfigOption<?>> options = new TreeMap<>();
    for (Class<?> holder : HOLDERS) {
      for (Field field : holder.getFields()) {
        if (field.getType() == ConfigOption.class) {
          ConfigOption<?> option = (ConfigOption<?>) field.get(null);
          options.put(option.key(), option);
        }
      }
    }
    return options;
  }
}
