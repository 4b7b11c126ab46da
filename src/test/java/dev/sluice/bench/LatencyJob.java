package dev.sluice.bench;

import dev.sluice.InferenceJob;
import dev.sluice.JobPlanner;
import dev.sluice.cli.EmbeddedFlink;
import dev.sluice.config.OptionReader;
import dev.sluice.kafka.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The job as it is submitted, everything on and all clients by their defaults, at parallelism 1 and
 * delivering at least once, with one batch setting and topics of its own.
 */
final class LatencyJob implements AutoCloseable {
  private static final List<String> OUTPUTS =
      List.of("predictions", "dead-letters", "input-profiles", "output-profiles", "alarms");

  private final BatchSetting setting;
  private final Admin admin;
  private final PacedProducer producer;
  private final PredictionTimes predictions;
  private final Map<String, String> options = new HashMap<>();
  private final EmbeddedFlink flink;
  private RunningJob job;
  private long sent;

  LatencyJob(
      EmbeddedFlink flink, String bootstrapServers, LatencyWorkload workload, BatchSetting setting)
      throws Exception {
    this.flink = flink;
    this.setting = setting;
    String id = "latency-" + UUID.randomUUID();
    options.put("kafka.bootstrap-servers", bootstrapServers);
    options.put("kafka.group-id", id);
    options.put("source.start", "earliest");
    options.put("topics.features", id + "-features");
    OUTPUTS.forEach(topic -> options.put("topics." + topic, id + "-" + topic));
    options.put("features.schema", workload.schema().toString());
    options.put("features.event-time.field", "ts");
    options.put("model.uri", LatencyWorkload.MODEL.toString());
    options.put("model.ship", "false");
    options.put("validation.profile", workload.profile().toString());
    options.put("delivery.guarantee", "at-least-once");
    options.putAll(setting.options());
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    try (Topics topics = Topics.connect(bootstrapServers)) {
      topics.create(topics().stream().map(LatencyJob::stampedByTheBroker).toList());
    }
    producer = new PacedProducer(bootstrapServers, workload);
    predictions = new PredictionTimes(bootstrapServers, options.get("topics.predictions"));
  }

  private List<String> topics() {
    return options.keySet().stream()
        .filter(key -> key.startsWith("topics."))
        .map(options::get)
        .toList();
  }

  private static NewTopic stampedByTheBroker(String topic) {
    boolean features = topic.endsWith("-features");
    return new NewTopic(topic, 1, (short) 1)
        .configs(Map.of("message.timestamp.type", features ? "CreateTime" : "LogAppendTime"));
  }

  /** Starts the job. */
  void start() throws Exception {
    StreamExecutionEnvironment env = flink.environment();
    env.setParallelism(1);
    InferenceJob.attach(env, JobPlanner.plan(OptionReader.read(options)));
    job = new RunningJob(env.executeAsync(setting.name()));
  }

  /** Sends records, then starts the job, and returns its predictions per second. */
  double drain(long records) throws Exception {
    producer.send(options.get("topics.features"), records, Double.MAX_VALUE);
    start();
    long[] times = predictions.take(sent, (int) records);
    sent += records;
    return rate(times);
  }

  /** Sends records at a rate for so many seconds, and waits for their predictions. */
  LatencyPoint measure(double rate, double seconds) throws Exception {
    int records = Math.max(1, (int) (rate * seconds));
    PacedProducer.Schedule schedule = producer.send(options.get("topics.features"), records, rate);
    long[] times = predictions.take(sent, records);
    sent += records;
    double[] latencies = new double[records];
    for (int i = 0; i < records; i++) {
      latencies[i] = times[i] + 1 - schedule.due(i); // the broker's clock shows ended milliseconds
    }
    return LatencyPoint.of(setting.name(), rate, rate(times), latencies);
  }

  private static double rate(long[] times) {
    long first = Long.MAX_VALUE;
    long last = 0;
    for (long time : times) {
      first = Math.min(first, time);
      last = Math.max(last, time);
    }
    return 1000.0 * (times.length - 1) / Math.max(1, last - first);
  }

  /** Ends the job and deletes its topics. */
  @Override
  public void close() {
    try {
      if (job != null) {
        job.close();
      }
      producer.close();
      predictions.close();
      admin.deleteTopics(topics()).all().get();
      admin.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the job's topics are not deleted", e);
    }
  }
}
