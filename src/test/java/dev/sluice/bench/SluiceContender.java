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

/** The job as it is submitted, at parallelism 1. */
final class SluiceContender implements Contender {
  static final String NAME = "sluice";
  static final String UNCHECKED = "unchecked";
  static final String EXACTLY_ONCE = "sluice-exactly-once";

  private final EmbeddedFlink flink;
  private final String name;
  private final boolean checks;
  private final String guarantee;
  private RunningJob job;

  private SluiceContender(EmbeddedFlink flink, String name, boolean checks, String guarantee) {
    this.flink = flink;
    this.name = name;
    this.checks = checks;
    this.guarantee = guarantee;
  }

  /** Everything on: records are validated, and windows profiled. */
  static SluiceContender complete(EmbeddedFlink flink) {
    return new SluiceContender(flink, NAME, true, "at-least-once");
  }

  /** The same, with what it writes in transactions. */
  static SluiceContender exactlyOnce(EmbeddedFlink flink) {
    return new SluiceContender(flink, EXACTLY_ONCE, true, "exactly-once");
  }

  /** Nothing validated by a data profile, and no windows profiled. */
  static SluiceContender unchecked(EmbeddedFlink flink) {
    return new SluiceContender(flink, UNCHECKED, false, "at-least-once");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start(Trial trial, Route route) throws Exception {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", trial.bootstrapServers());
    options.put("kafka.group-id", route.predictions());
    options.put("source.start", "earliest");
    Clients.CONSUMER.forEach((key, value) -> options.put("kafka.source.properties." + key, value));
    Clients.PRODUCER.forEach((key, value) -> options.put("kafka.sink.properties." + key, value));
    options.put("topics.features", route.features());
    options.put("topics.predictions", route.predictions());
    List<String> others = List.of("dead-letters", "input-profiles", "output-profiles", "alarms");
    others.forEach(topic -> options.put("topics." + topic, route.predictions() + "-" + topic));
    try (Topics topics = Topics.connect(trial.bootstrapServers())) {
      topics.create(others.stream().map(topic -> route.predictions() + "-" + topic).toList(), 1);
    }
    options.put("features.schema", trial.schema().toString());
    options.put("features.event-time.field", Workload.EVENT_TIME);
    options.put("model.uri", trial.workload().model().toString());
    options.put("model.ship", "false");
    trial
        .workload()
        .inputs()
        .forEach((input, fields) -> options.put("model.inputs." + input, fields));
    options.put("batch.max-rows", Integer.toString(Workload.BATCH_ROWS));
    options.put("validation.profile", checks ? trial.profile().toString() : "none");
    options.put("profile.enabled", Boolean.toString(checks));
    options.put("delivery.guarantee", guarantee);
    options.put("checkpoint.interval", trial.checkpointInterval().toMillis() + " ms");
    StreamExecutionEnvironment env = flink.environment();
    env.setParallelism(1);
    InferenceJob.attach(env, JobPlanner.plan(OptionReader.read(options)));
    job = new RunningJob(env.executeAsync(route.predictions()));
  }

  @Override
  public void requireRunning() throws Exception {
    job.requireRunning();
  }

  @Override
  public void close() {
    if (job != null) {
      job.close();
    }
  }
}
