package dev.sluice.bench;

import dev.sluice.InferenceJob;
import dev.sluice.JobPlanner;
import dev.sluice.cli.EmbeddedFlink;
import dev.sluice.config.OptionReader;
import dev.sluice.kafka.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job as it is submitted, everything on, at parallelism 1. */
final class SluiceContender implements Contender {
  private final EmbeddedFlink flink;
  private final Workload workload;
  private final String name;
  private final boolean validates;
  private final boolean profiles;
  private int runs;

  /**
   * @param validates whether records are validated
   * @param profiles whether windows are profiled
   */
  SluiceContender(
      EmbeddedFlink flink, Workload workload, String name, boolean validates, boolean profiles) {
    this.flink = flink;
    this.workload = workload;
    this.name = name;
    this.validates = validates;
    this.profiles = profiles;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void run(String bootstrapServers, String predictionsTopic, long records) throws Exception {
    String id = predictionsTopic + "-" + ++runs;
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", bootstrapServers);
    options.put("kafka.group-id", id);
    options.put("source.start", "earliest");
    options.put("source.bounded", "true");
    Clients.CONSUMER.forEach((key, value) -> options.put("kafka.source.properties." + key, value));
    Clients.PRODUCER.forEach((key, value) -> options.put("kafka.sink.properties." + key, value));
    options.put("topics.features", Workload.TOPIC);
    options.put("topics.predictions", predictionsTopic);
    List<String> others = List.of("dead-letters", "input-profiles", "output-profiles", "alarms");
    others.forEach(topic -> options.put("topics." + topic, id + "-" + topic));
    try (Topics topics = Topics.connect(bootstrapServers)) {
      topics.create(others.stream().map(topic -> id + "-" + topic).toList(), 1);
    }
    options.put("features.schema", workload.schema().toString());
    options.put("features.event-time.field", "ts");
    options.put("model.uri", Workload.MODEL.toString());
    options.put("model.ship", "false");
    options.put("validation.profile", validates ? workload.profile().toString() : "none");
    options.put("profile.enabled", Boolean.toString(profiles));
    options.put("checkpoint.interval", "10 s");
    StreamExecutionEnvironment env = flink.environment();
    env.setParallelism(1);
    InferenceJob.attach(env, JobPlanner.plan(OptionReader.read(options)));
    env.execute(id);
  }
}
