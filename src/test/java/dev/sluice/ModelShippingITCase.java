package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.EmbeddedFlink;
import dev.sluice.config.OptionReader;
import dev.sluice.serial.ArrowTypes;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Model packages travel with the job, weights beside the model included; workers open what has
 * arrived, and nothing else.
 */
class ModelShippingITCase {
  private static final Path PACKAGE = Path.of("src/test/resources/models/external-weights");
  private static final int RECORDS = 900;

  private static EmbeddedFlink flink;

  @TempDir private Path directory;
  private Path original;

  @BeforeAll
  static void start() throws Exception {
    Configuration configuration = new Configuration();
    // Task managers in this process fetch shipped files from this host's own address.
    configuration.set(JobManagerOptions.BIND_HOST, InetAddress.getLocalHost().getHostAddress());
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    flink = EmbeddedFlink.start(2, configuration);
  }

  @AfterAll
  static void stop() {
    flink.close();
  }

  @BeforeEach
  void copyPackage() throws IOException {
    original = directory.resolve("my package ä %41");
    try (Stream<Path> files = Files.walk(PACKAGE)) {
      for (Path file : files.toList()) {
        Files.copy(file, original.resolve(PACKAGE.relativize(file).toString()));
      }
    }
  }

  @Test
  void aLocalDirectoryIsShipped() throws Exception {
    JobPlan plan = plan(original.toString());
    assertThat(plan.location().shipped()).isTrue();
    assertScored(plan, "directory");
  }

  @Test
  void aFileIsShippedWithItsWeightsAndNothingElse() throws Exception {
    Files.writeString(original.resolve("notes.txt"), "not for the workers");
    JobPlan plan = plan(original.resolve("model.onnx").toString());
    Path staged = plan.location().local();

    FileUtils.deleteDirectory(original.toFile());
    assertThat(names(staged)).containsExactly("model.onnx", "weights/w");
    assertThat(plan.location().temporary()).isTrue();
    assertScored(plan, "file");
    plan.deleteStaged();
    assertThat(staged).doesNotExist();
  }

  @Test
  void workersFetchARemotePackageThemselves() throws Exception {
    JobPlan plan = plan("elsewhere:" + original);

    assertThat(plan.location().uri()).startsWith("elsewhere:");
    assertThat(plan.model().name()).isEqualTo("external-weights");
    assertScored(plan, "remote");
  }

  @Test
  void aRemoteFileIsShippedWithItsWeights() throws Exception {
    JobPlan plan = plan("elsewhere:" + original.resolve("model.onnx"));

    assertThat(names(plan.location().local())).containsExactly("model.onnx", "weights/w");
    assertScored(plan, "remote-file");
    plan.deleteStaged();
  }

  @Test
  void whatIsWrongWithARemotePackageIsSaidOfItAndNotOfItsCopy() throws Exception {
    Files.write(original.resolve("weights/w"), new byte[3]);
    assertThatThrownBy(() -> plan("elsewhere:" + original))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("elsewhere:" + original + "/model.onnx: external data weights/w")
        .message()
        .doesNotContain("sluice-fetched");
    Files.delete(original.resolve("weights/w"));
    assertThatThrownBy(() -> plan("elsewhere:" + original.resolve("model.onnx")))
        .hasMessageEndingWith("names weights/w, which is no file in elsewhere:" + original);
  }

  @Test
  void aWorkerRefusesAPackageThatHasChangedSinceSubmit() throws Exception {
    JobPlan plan = plan("elsewhere:" + original);
    Files.write(original.resolve("weights/w"), new byte[] {0, 0, 0, 0});

    assertThatThrownBy(() -> execute(plan, "changed"))
        .hasStackTraceContaining("model external-weights in ")
        .hasStackTraceContaining(", expected " + plan.model().sha256() + " as at submit");
  }

  @Test
  void whatIsNotShippedHasToBeLocal() {
    assertThatThrownBy(() -> plan("elsewhere:" + original, "model.ship", "false"))
        .hasMessageContaining("model.ship is false, but model.uri is elsewhere:");
  }

  @Test
  void copiesOfRemotePackagesAreDeletedAfterPlanning() throws Exception {
    Set<String> before = temporaries();
    plan("elsewhere:" + original);
    assertThat(temporaries()).isEqualTo(before);
  }

  @Test
  void unknownSchemesAndAbsentFilesAreNamed() {
    assertThatThrownBy(() -> plan("nowhere://bucket/model"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("model.uri is nowhere://bucket/model, expected a path or a URI");
    assertThatThrownBy(() -> plan("elsewhere:" + original + "-absent"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("model.uri: cannot read elsewhere:");
  }

  private static Set<String> temporaries() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return new TreeSet<>(
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith("sluice-fetched-"))
              .toList());
    }
  }

  private static List<String> names(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private JobPlan plan(String uri, String... more) throws IOException {
    Path schema = directory.resolve("reading.avsc");
    Files.writeString(schema, CrashingRecords.SCHEMA.toString());
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", "localhost:1");
    options.put("features.schema", schema.toString());
    options.put("features.event-time.field", "ts");
    options.put("model.uri", uri);
    options.put("validation.profile", "none");
    options.put("profile.enabled", "false");
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return JobPlanner.plan(OptionReader.read(options));
  }

  private static void assertScored(JobPlan plan, String name) throws Exception {
    execute(plan, name);
    GenericDatumReader<GenericRecord> reader =
        new GenericDatumReader<>(
            dev.sluice.avro.Prediction.getClassSchema(),
            dev.sluice.avro.Prediction.getClassSchema(),
            new GenericData());
    int scored = 0;
    for (CollectingSink.Collected collected : CollectingSink.take(name + "-predictions")) {
      byte[] value = collected.message().value();
      GenericRecord prediction = reader.read(null, DecoderFactory.get().binaryDecoder(value, null));
      GenericRecord output = (GenericRecord) ((List<?>) prediction.get("outputs")).get(0);
      long number = (Long) prediction.get("offset");
      if (number % 1000 > 13) {
        assertThat(output.get("value")).isEqualTo(3 * ((number * 31 % 1001) / 10f));
        scored++;
      }
    }
    assertThat(scored).isEqualTo(RECORDS - 14);
    CollectingSink.take(name + "-dead-letters");
  }

  private static void execute(JobPlan plan, String name) throws Exception {
    StreamExecutionEnvironment env = flink.environment();
    new InferencePipeline(
            plan,
            new PipelineSinks(
                new CollectingSink(name + "-predictions"),
                new CollectingSink(name + "-dead-letters"),
                new CollectingSink(name + "-input-profiles"),
                new CollectingSink(name + "-output-profiles"),
                new CollectingSink(name + "-alarms"),
                false))
        .build(
            env.fromSource(
                    new NumberSequenceSource(0, RECORDS - 1),
                    WatermarkStrategy.noWatermarks(),
                    "numbers")
                .map(new CrashingRecords(name, -1, 1), ArrowTypes.ENCODED_RECORD));
    env.execute(name);
  }
}
