package dev.sluice.deploy;

import static dev.sluice.deploy.Deployment.GPU_DOCKERFILE;
import static dev.sluice.deploy.Deployment.instructions;
import static dev.sluice.deploy.Deployment.property;
import static dev.sluice.deploy.Deployment.service;
import static dev.sluice.deploy.Deployment.strings;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
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
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration of the cluster, as Flink itself reads it. */
class FlinkConfigurationTest {
  private static final String REPORTER = "metrics.reporter.prom.";
  private static final Configuration CONFIGURATION =
      GlobalConfiguration.loadConfiguration("deploy/flink");

  @Test
  void everyKeyIsOneOfFlink() throws Exception {
    Map<String, ConfigOption<?>> known = options();
    Map<String, String> given = CONFIGURATION.toMap();
    assertThat(given).hasSizeGreaterThan(20);
    given.keySet().removeIf(key -> key.startsWith(REPORTER));
    for (String key : given.keySet()) {
      assertThat(known).containsKey(key);
      assertThat(CONFIGURATION.getOptional(known.get(key))).as(key).isPresent();
    }
  }

  private static Map<String, ConfigOption<?>> options() throws IllegalAccessException {
    Map<String, ConfigOption<?>> options = new TreeMap<>();
    for (Class<?> holder :
        new Class<?>[] {
          CheckpointingOptions.class,
          CoreOptions.class,
          JobManagerOptions.class,
          MetricOptions.class,
          PipelineOptions.class,
          RestOptions.class,
          RestartStrategyOptions.class,
          StateBackendOptions.class,
          TaskManagerOptions.class,
          WebOptions.class
        }) {
      for (Field field : holder.getFields()) {
        if (field.getType() == ConfigOption.class) {
          ConfigOption<?> option = (ConfigOption<?>) field.get(null);
          options.put(option.key(), option);
        }
      }
    }
    return options;
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
    for (String name : new String[] {"jobmanager", "taskmanager"}) {
      String check = strings(Deployment.map(service(name), "healthcheck"), "test").toString();
      assertThat(check).contains(":" + (name.equals("jobmanager") ? rest : metrics) + "/");
      assertThat(strings(service(name), "ports")).anyMatch(port -> port.endsWith(":" + metrics));
    }
    assertThat(strings(service("jobmanager"), "ports")).anyMatch(port -> port.endsWith(":" + rest));
    assertThat(CONFIGURATION.get(JobManagerOptions.ADDRESS)).isEqualTo("jobmanager");
    assertThat(CONFIGURATION.get(RestOptions.ADDRESS)).isEqualTo("jobmanager");
    for (String name : new String[] {"jobmanager", "taskmanager", "submit"}) {
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
      for (String name : new String[] {"jobmanager", "taskmanager"}) {
        assertThat(strings(service(name), "volumes"))
            .as("%s of %s", option.key(), name)
            .anyMatch(volume -> path.startsWith(volume.substring(volume.indexOf(':') + 1) + "/"));
      }
    }
    assertThat(instructions(Deployment.DOCKERFILE))
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
        instructions(GPU_DOCKERFILE).stream()
            .filter(line -> line.contains(">> /opt/flink/conf/config.yaml"))
            .findFirst()
            .orElseThrow();
    String line = run.replaceAll(".*echo '([^']*)' >> .*", "$1");
    Files.writeString(
        directory.resolve("config.yaml"),
        Files.readString(Path.of("deploy/flink/config.yaml")) + line + "\n");
    Configuration gpu = GlobalConfiguration.loadConfiguration(directory.toString());
    String libraries = run.replaceAll(".* -d (\\S+);.*", "$1");
    assertThat(gpu.get(CoreOptions.FLINK_TM_JVM_OPTIONS))
        .isEqualTo("-Donnxruntime.native.path=" + libraries);
    assertThat(gpu.get(CoreOptions.FLINK_JVM_OPTIONS))
        .isEqualTo(CONFIGURATION.get(CoreOptions.FLINK_JVM_OPTIONS));
    assertThat(instructions(GPU_DOCKERFILE))
        .contains("COPY --from=flink " + libraries + " " + libraries);
  }
}
