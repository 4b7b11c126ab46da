package dev.sluice.deploy;

import static dev.sluice.deploy.Deployment.property;
import static dev.sluice.deploy.Deployment.service;
import static dev.sluice.deploy.Deployment.strings;
import static dev.sluice.deploy.Dockerfile.stage;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration of the cluster, as Flink itself reads it. */
class FlinkConfigurationTest {
  private static final String REPORTER = "metrics.reporter.prom.";
  private static final String[] WORKERS = {"jobmanager", "taskmanager", "taskmanager-gpu"};
  private static final String[] ALL = {
    "jobmanager", "taskmanager", "taskmanager-gpu", "submit", "submit-gpu"
  };
  private static final Configuration CONFIGURATION =
      GlobalConfiguration.loadConfiguration("deploy/flink");

  @Test
  void everyKeyIsOneOfFlink() throws Exception {
    Map<String, ConfigOption<?>> known = FlinkOptions.known();
    Map<String, String> given = CONFIGURATION.toMap();
    assertThat(given).hasSizeGreaterThan(20);
    given.keySet().removeIf(key -> key.startsWith(REPORTER));
    for (String key : given.keySet()) {
      assertThat(known).containsKey(key);
      assertThat(CONFIGURATION.getOptional(known.get(key))).as(key).isPresent();
    }
  }

  @Test
  void everyKeyOnOneMachineIsOneOfFlink(@TempDir Path directory) throws Exception {
    String filledIn =
        Files.readString(Path.of("deploy/local/config.yaml"))
            .replaceAll("\\{(rpc|rest)}", "1")
            .replaceAll("\\{[a-z]+}", "/x");
    Files.writeString(directory.resolve("config.yaml"), filledIn);
    Configuration local = GlobalConfiguration.loadConfiguration(directory.toString());
    Map<String, ConfigOption<?>> known = FlinkOptions.known();
    assertThat(local.toMap()).hasSizeGreaterThan(20);
    for (String key : local.toMap().keySet()) {
      assertThat(known).containsKey(key);
      assertThat(local.getOptional(known.get(key))).as(key).isPresent();
    }
  }

  @Test
  void theReporterIsThere() throws Exception {
    assertThat(new TreeSet<>(CONFIGURATION.toMap().keySet()).subSet(REPORTER, REPORTER + "~"))
        .containsExactly(
            REPORTER + "factory.class", REPORTER + "filterLabelValueCharacters", REPORTER + "port");
    String factory =
        MetricOptions.forReporter(new Configuration(CONFIGURATION), "prom")
            .get(MetricOptions.REPORTER_FACTORY_CLASS);
    assertThat(MetricReporterFactory.class).isAssignableFrom(Class.forName(factory));
  }

  @Test
  void portsAndNamesAreThoseOfCompose() throws IOException {
    String rest = CONFIGURATION.get(RestOptions.PORT).toString();
    String metrics = CONFIGURATION.toMap().get(REPORTER + "port");
    for (String name : WORKERS) {
      String check = strings(Deployment.map(service(name), "healthcheck"), "test").toString();
      assertThat(check).contains(":" + (name.equals("jobmanager") ? rest : metrics) + "/");
      assertThat(strings(service(name), "ports")).anyMatch(port -> port.endsWith(":" + metrics));
    }
    assertThat(strings(service("jobmanager"), "ports")).anyMatch(port -> port.endsWith(":" + rest));
    assertThat(CONFIGURATION.get(JobManagerOptions.ADDRESS)).isEqualTo("jobmanager");
    assertThat(CONFIGURATION.get(RestOptions.ADDRESS)).isEqualTo("jobmanager");
    for (String name : ALL) {
      assertThat(Deployment.map(service(name), "environment").get("JOB_MANAGER_RPC_ADDRESS"))
          .isEqualTo("jobmanager");
    }
  }

  @Test
  void memoryAddsUp() {
    TaskExecutorProcessSpec worker = TaskExecutorProcessUtils.processSpecFromConfig(CONFIGURATION);
    assertThat(worker.getTotalProcessMemorySize()).isEqualTo(MemorySize.parse("3g"));
    assertThat(worker.getTaskOffHeapSize()).isEqualTo(MemorySize.parse("1g"));
    assertThat(worker.getTaskHeapSize()).isGreaterThan(MemorySize.parse("512m"));
    assertThat(JobManagerProcessUtils.processSpecFromConfig(CONFIGURATION).getJvmHeapMemorySize())
        .isGreaterThan(MemorySize.parse("512m"));
  }

  @Test
  void objectsAreReusedAndTypesAreKnown() {
    assertThat(CONFIGURATION.get(PipelineOptions.OBJECT_REUSE)).isTrue();
    assertThat(CONFIGURATION.get(PipelineOptions.GENERIC_TYPES)).isFalse();
  }

  @Test
  void stateLiesOnTheSharedVolume() throws IOException {
    for (ConfigOption<String> option :
        Stream.of(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                CheckpointingOptions.SAVEPOINT_DIRECTORY)
            .toList()) {
      String path = URI.create(CONFIGURATION.get(option)).getPath();
      for (String name : WORKERS) {
        assertThat(strings(service(name), "volumes"))
            .as("%s of %s", option.key(), name)
            .anyMatch(volume -> path.startsWith(volume.substring(volume.indexOf(':') + 1) + "/"));
      }
    }
    assertThat(stage("flink").instructions())
        .contains("RUN install -d -o flink -g flink /opt/sluice/state");
  }

  @Test
  void whatTheBuildOpensIsOpen() throws IOException {
    String opens = CONFIGURATION.get(CoreOptions.FLINK_JVM_OPTIONS);
    for (String open : property("add.opens").split("\\s+")) {
      assertThat(opens.split("\\s+")).contains("--add-opens=" + open + "=ALL-UNNAMED");
    }
  }

  @Test
  void theGpuImageFindsItsLibraries(@TempDir Path directory) throws IOException {
    String run =
        stage("gpu").instructions().stream()
            .filter(line -> line.contains(">> /opt/flink/conf/config.yaml"))
            .findFirst()
            .orElseThrow();
    String line = run.replaceAll(".*echo '([^']*)' >> .*", "$1");
    Files.writeString(
        directory.resolve("config.yaml"),
        Files.readString(Path.of("deploy/flink/config.yaml")) + line + "\n");
    Configuration gpu = GlobalConfiguration.loadConfiguration(directory.toString());
    String unpack = String.join("\n", stage("natives").instructions());
    String libraries = unpack.replaceAll("(?s).* -d (/\\S+);.*", "$1");
    assertThat(gpu.get(CoreOptions.FLINK_TM_JVM_OPTIONS))
        .isEqualTo("-Donnxruntime.native.path=" + libraries);
    assertThat(gpu.get(CoreOptions.FLINK_JVM_OPTIONS))
        .isEqualTo(CONFIGURATION.get(CoreOptions.FLINK_JVM_OPTIONS));
    assertThat(stage("gpu").instructions())
        .contains("COPY --from=natives " + libraries + " " + libraries);
  }
}
