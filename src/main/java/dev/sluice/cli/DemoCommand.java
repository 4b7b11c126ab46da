package dev.sluice.cli;

import dev.sluice.InferenceJob;
import dev.sluice.JobPlan;
import dev.sluice.JobPlanner;
import dev.sluice.SchemaFile;
import dev.sluice.cli.console.LiveConsole;
import dev.sluice.config.JobOptions;
import dev.sluice.config.KafkaOptions;
import dev.sluice.config.OptionReader;
import dev.sluice.kafka.Topics;
import dev.sluice.report.ModelCard;
import dev.sluice.report.console.ConsoleSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the whole of it in one process: broker, Flink cluster, job, producer and consumer. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Runs the job on a Kafka broker and a Flink cluster in this process, with the console to look"
          + " on.",
      "Records are drawn from the model package's data profile, or read from a CSV file."
    })
final class DemoCommand implements Callable<Integer> {
  private static final String SCHEMA = "classpath:schemas/AirQualityReading.avsc";
  private static final String EVENT_TIME = "ts";
  private static final String KEY = "station";
  private static final String TIME_ZONE = "+08:00";
  private static final int PARTITIONS = 4;
  private static final Instant START = Instant.parse("2017-02-28T16:00:00Z");
  private static final Duration SPAN = Duration.ofDays(365);
  private static final Duration STALL = Duration.ofSeconds(120);

  @Spec private CommandSpec spec;

  @Option(
      names = "--records",
      defaultValue = "200000",
      paramLabel = "N",
      description = "How many records to draw (default: ${DEFAULT-VALUE}).")
  private long records;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Read the records from this CSV file instead, plain or gzipped.")
  private Path csv;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "Model package, or .onnx file, whose inputs are fields of AirQualityReading.avsc (default:"
              + " the one for air quality that comes with Sluice).")
  private Path model;

  @Option(
      names = "--parallelism",
      defaultValue = "2",
      paramLabel = "N",
      description = "Subtasks per operator (default: ${DEFAULT-VALUE}).")
  private int parallelism;

  @Option(
      names = "--window",
      paramLabel = "PERIOD",
      description = "Length of profile windows (default: P1M; with --csv P1Y).")
  private String window;

  @Option(
      names = "--window-offset",
      paramLabel = "PERIOD",
      description = "Shift of profile windows (default: none; with --csv P2M, years from March).")
  private String windowOffset;

  @Option(
      names = "--out",
      defaultValue = "sluice-demo",
      paramLabel = "DIR",
      description =
          "Where the results go, over those of an earlier run (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Seed of the drawn records (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--keep-running",
      description = "Leave broker, cluster and job running afterwards, until interrupted.")
  private boolean keepRunning;

  @Override
  public Integer call() throws Exception {
    if (records < 1 || parallelism < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--records is " + records + " and --parallelism " + parallelism + ", expected 1 or more");
    }
    if (csv != null) {
      CsvRecords.requireReadable(csv);
    }
    makeDirectory(out);
    Path bundled = DemoModel.copyTo(out.resolve("model"));
    // Planned once before there is a broker: what is wrong is said before anything starts.
    JobPlan draft = plan("127.0.0.1:9092", bundled);
    try (FeatureRecords source = source(draft);
        EmbeddedKafka kafka = EmbeddedKafka.start();
        EmbeddedFlink flink = EmbeddedFlink.start(parallelism, failFast())) {
      JobPlan plan = plan(kafka.bootstrapServers(), bundled);
      createTopics(plan.options().kafka());
      say("Kafka  %s", kafka.bootstrapServers());
      say("Flink  %s", flink.webUrl());
      say(
          "model  %s %s (%s)",
          plan.model().name(), plan.model().version(), model == null ? bundled : model);
      try (LiveConsole console = console(plan, bundled)) {
        Directories.closeAtExit(console);
        say("console  %s", console.url());
        try {
          return run(plan, flink, source, bundled);
        } finally {
          Directories.closed(console);
        }
      }
    }
  }

  /** Starts the console on a free port, with what is known of the model. */
  private LiveConsole console(JobPlan plan, Path bundled) throws IOException {
    return LiveConsole.start(
        ConsoleSettings.loopback(),
        plan.options().kafka(),
        new LiveConsole.Knowledge(
            List.of(card(bundled)),
            Optional.of(SchemaFile.read("features.schema", SCHEMA)),
            Optional.empty()));
  }

  private static void makeDirectory(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--out is " + directory + ", expected a directory that is there or can be made", e);
    }
    if (!Files.isWritable(directory)) {
      throw new IllegalArgumentException(
          "--out is " + directory + ", expected a directory that can be written to");
    }
  }

  private JobPlan plan(String bootstrapServers, Path bundled) {
    return JobPlanner.plan(OptionReader.read(options(bootstrapServers, bundled)));
  }

  private Map<String, String> options(String bootstrapServers, Path bundled) {
    Map<String, String> options = new LinkedHashMap<>();
    Path directory = model == null ? bundled : model;
    options.put("kafka.bootstrap-servers", bootstrapServers);
    options.put("features.schema", SCHEMA);
    options.put("features.event-time.field", EVENT_TIME);
    options.put("features.pass-through", KEY);
    options.put("model.uri", directory.toString());
    options.put("model.ship", "false");
    if (!Files.exists(directory.resolve("data-profile.json"))) {
      options.put("validation.profile", bundled.resolve("data-profile.json").toString());
    }
    options.put("profile.time-zone", TIME_ZONE);
    options.put("profile.window", window != null ? window : csv == null ? "P1M" : "P1Y");
    String offset = csv == null || window != null ? "PT0S" : "P2M";
    options.put("profile.window-offset", windowOffset != null ? windowOffset : offset);
    options.put("checkpoint.interval", "2 s");
    options.put("source.start", "earliest");
    return options;
  }

  /** In a demo a failure is for the person who looks on, not for a restart. */
  private static Configuration failFast() {
    Configuration flink = new Configuration();
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    return flink;
  }

  private static void createTopics(KafkaOptions kafka) {
    try (Topics topics = Topics.connect(kafka)) {
      topics.create(
          List.of(kafka.featuresTopic(), kafka.predictionsTopic(), kafka.deadLettersTopic()),
          PARTITIONS);
      topics.create(
          List.of(kafka.inputProfilesTopic(), kafka.outputProfilesTopic(), kafka.alarmsTopic()), 1);
    }
  }

  private FeatureRecords source(JobPlan plan) throws IOException {
    if (csv != null) {
      CsvRecords rows = new CsvRecords(csv, plan.schema(), KEY);
      rows.printAbsentFields(spec.commandLine().getErr());
      return rows;
    }
    Faults faults = new Faults(Map.of("SO2", 0.4, "WSPM", 1.6), "O3", "PRES", "wd");
    return new RecordSimulator(
        plan.schema(), plan.profile(), KEY, EVENT_TIME, records, START, SPAN, faults, seed);
  }

  private int run(JobPlan plan, EmbeddedFlink flink, FeatureRecords source, Path bundled)
      throws Exception {
    JobOptions options = plan.options();
    StreamExecutionEnvironment env = flink.environment();
    env.setParallelism(parallelism);
    InferenceJob.attach(env, plan);
    JobClient job = env.executeAsync("sluice demo");
    boolean balances;
    try (DemoResults results = new DemoResults(options.kafka(), out)) {
      long start = System.nanoTime();
      try (DemoProducer producer = new DemoProducer(options.kafka(), source)) {
        await(source.size(), job, producer, results);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      if (!keepRunning) {
        stop(job);
      }
      results.drain();
      balances =
          new DemoSummary(spec.commandLine().getOut(), out)
              .print(source.size(), seconds, results, plan.schema());
    }
    say("");
    say("The report, for a browser: %s", report(bundled).toAbsolutePath());
    if (keepRunning) { // the results are closed: an interrupt takes nothing from them
      say(
          "Running on until interrupted: Kafka %s, Flink %s, and the console",
          options.kafka().bootstrapServers(), flink.webUrl());
      job.getJobExecutionResult().get();
    }
    return balances ? 0 : 1;
  }

  /** Returns what is known of the model and of the baseline that its windows are compared with. */
  private ModelCard card(Path bundled) throws IOException {
    Path directory = model == null ? bundled : model;
    Path own = directory.resolve("data-profile.json");
    return ModelFacts.read(
        directory, Files.exists(own) ? own : bundled.resolve("data-profile.json"));
  }

  /** Writes the report from the files of the results. */
  private Path report(Path bundled) throws IOException {
    Path file = out.resolve("report.html");
    ReportCommand.write(
        ReportCommand.history(
            List.of(out.resolve("profiles.jsonl")),
            List.of(out.resolve("alarms.jsonl")),
            spec.commandLine().getErr()::println),
        List.of(card(bundled)),
        file);
    return file;
  }

  /** Ends the job with all its windows closed, which takes a savepoint that nobody will need. */
  private static void stop(JobClient job) throws Exception {
    Path savepoint = Directories.temporary("sluice-savepoint-");
    try {
      job.stopWithSavepoint(true, savepoint.toUri().toString(), SavepointFormatType.CANONICAL)
          .get(2, TimeUnit.MINUTES);
    } finally {
      Directories.delete(savepoint);
    }
  }

  /** Reads results until every record has its fate. */
  private void await(long expected, JobClient job, DemoProducer producer, DemoResults results)
      throws Exception {
    long lastProgress = System.nanoTime();
    try (ProgressBar progress = new ProgressBar("scoring", expected)) {
      while (results.accounting().total() < expected) {
        int messages = results.poll();
        progress.stepTo(results.accounting().total());
        producer.check();
        if (job.getJobExecutionResult().isDone()) {
          job.getJobExecutionResult().get();
          throw new IllegalStateException("the job ended before all records were scored");
        }
        if (messages > 0) {
          lastProgress = System.nanoTime();
        } else if (System.nanoTime() - lastProgress > STALL.toNanos()) {
          throw new IllegalStateException(
              "no result for "
                  + STALL.toSeconds()
                  + " s: got "
                  + results.accounting().total()
                  + " of "
                  + expected);
        }
      }
    }
  }

  private void say(String format, Object... arguments) {
    PrintWriter console = spec.commandLine().getOut();
    console.printf(format + "%n", arguments);
    console.flush();
  }
}
