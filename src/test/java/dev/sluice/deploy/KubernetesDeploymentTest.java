package dev.sluice.deploy;

import static dev.sluice.deploy.Deployment.pom;
import static dev.sluice.deploy.Deployment.property;
import static dev.sluice.deploy.KubernetesFiles.deployment;
import static dev.sluice.deploy.KubernetesFiles.merged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.JobPlan;
import dev.sluice.JobPlanner;
import dev.sluice.config.DeliveryOptions;
import dev.sluice.config.Execution;
import dev.sluice.config.ExecutionMode;
import dev.sluice.config.ExecutionOptions;
import dev.sluice.config.JobOptions;
import dev.sluice.config.OptionReader;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalResourceOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.spec.FlinkDeploymentSpec;
import org.apache.flink.kubernetes.operator.api.spec.JobSpec;
import org.apache.flink.kubernetes.operator.api.spec.JobState;
import org.apache.flink.kubernetes.operator.api.spec.UpgradeMode;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The deployment for the Flink Kubernetes Operator, by the operator's own classes. */
class KubernetesDeploymentTest {
  private static final Path OPTIONS = Path.of("deploy/kubernetes/base/job.yaml");
  private static final String REPORTER = "metrics.reporter.prom.";
  private static final String GPU = "external-resource.gpu.";
  private static final String MERGED_BY_NAME =
      "kubernetes.operator.pod-template.merge-arrays-by-name";

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu"})
  void theOperatorsModelTakesIt(String overlay) throws IOException {
    FlinkDeployment deployment = deployment(overlay);
    Map<String, Object> document = merged(overlay);
    assertThat(document)
        .containsEntry("apiVersion", HasMetadata.getApiVersion(FlinkDeployment.class))
        .containsEntry("kind", HasMetadata.getKind(FlinkDeployment.class));
    String[] flink = property("flink.version").split("\\.");
    assertThat(((Map<?, ?>) document.get("spec")).get("flinkVersion"))
        .isEqualTo("v" + flink[0] + "_" + flink[1]);
    assertThat(deployment.getSpec().getImage())
        .as("image of the stage")
        .endsWith("/sluice-flink:" + property("version").replace("-SNAPSHOT", "") + "-" + overlay);
    assertThat(Dockerfile.stages()).containsKey(overlay);
  }

  @Test
  void aMisspeltPropertyIsRefused() throws IOException {
    for (String path : List.of("spec/imagee", "spec/job/jarUri", "spec/podTemplate/spec/volume")) {
      Map<String, Object> patch = new LinkedHashMap<>();
      Map<String, Object> inner = patch;
      String[] names = path.split("/");
      for (String name : Arrays.copyOf(names, names.length - 1)) {
        Map<String, Object> next = new LinkedHashMap<>();
        inner.put(name, next);
        inner = next;
      }
      inner.put(names[names.length - 1], "x");
      Map<String, Object> wrong = KubernetesFiles.merge(merged("cpu"), patch);
      assertThatThrownBy(() -> KubernetesFiles.strictly(wrong, FlinkDeployment.class))
          .hasMessageContaining("\"" + names[names.length - 1] + "\"");
    }
  }

  /** What the operator's validator asks for, which is not on Maven Central. */
  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu"})
  void theOperatorCouldRunIt(String overlay) throws IOException {
    FlinkDeploymentSpec spec = deployment(overlay).getSpec();
    Configuration flink = configuration(overlay);
    assertThat(flink.toMap()).doesNotContainKeys("kubernetes.namespace", "kubernetes.cluster-id");
    assertThat(spec.getLogConfiguration()).containsOnlyKeys("log4j-console.properties");
    assertThat(spec.getJobManager().getReplicas()).isGreaterThan(1);
    assertThat(flink.get(HighAvailabilityOptions.HA_MODE)).isEqualTo("kubernetes");
    JobSpec job = spec.getJob();
    assertThat(job.getParallelism()).isPositive();
    assertThat(job.getState()).isEqualTo(JobState.RUNNING);
    assertThat(job.getUpgradeMode()).isEqualTo(UpgradeMode.SAVEPOINT);
    assertThat(job.getAllowNonRestoredState()).isFalse();
    for (ConfigOption<String> directory :
        List.of(
            CheckpointingOptions.CHECKPOINTS_DIRECTORY,
            CheckpointingOptions.SAVEPOINT_DIRECTORY,
            HighAvailabilityOptions.HA_STORAGE_PATH)) {
      assertThat(flink.get(directory)).as(directory.key()).startsWith("s3://");
    }
    assertThat(Dockerfile.onHost(overlay, job.getJarURI().replaceFirst("^local://", "")))
        .isEqualTo(Path.of("target/sluice-job.jar"));
    assertThat(job.getEntryClass())
        .isEqualTo(
            pom("ManifestResourceTransformer\">", "</mainClass>").replace("<mainClass>", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu"})
  void everyKeyIsOneOfFlink(String overlay) throws Exception {
    Map<String, ConfigOption<?>> known = FlinkOptions.known();
    Configuration flink = configuration(overlay);
    Map<String, String> given = new TreeMap<>(flink.toMap());
    given.keySet().removeIf(key -> key.startsWith(REPORTER) || key.startsWith(GPU));
    assertThat(given.remove(MERGED_BY_NAME)).as("the operator's own").isEqualTo("true");
    assertThat(given).hasSizeGreaterThan(20);
    for (String key : given.keySet()) {
      assertThat(known).containsKey(key);
      assertThat(flink.getOptional(known.get(key))).as(key).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu"})
  void whatTheImageIsConfiguredWithHoldsHereToo(String overlay) throws IOException {
    Configuration image = GlobalConfiguration.loadConfiguration("deploy/flink");
    Configuration flink = configuration(overlay);
    for (ConfigOption<?> option :
        List.of(
            CoreOptions.FLINK_JVM_OPTIONS,
            PipelineOptions.OBJECT_REUSE,
            PipelineOptions.GENERIC_TYPES,
            TaskManagerOptions.NUM_TASK_SLOTS,
            CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
            CheckpointingOptions.CHECKPOINTING_TIMEOUT,
            CheckpointingOptions.TOLERABLE_FAILURE_NUMBER)) {
      assertThat(flink.get(option)).as(option.key()).isEqualTo(image.get(option));
    }
    int tolerated = flink.get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER);
    assertThat(tolerated).as("storage that is out of reach does not stop the job").isPositive();
    assertThat(flink.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT).multipliedBy(tolerated + 1))
        .as("nor does it last until the brokers take back what waits to be committed")
        .isLessThan(DeliveryOptions.TRANSACTION_TIMEOUT.defaultValue());
    for (String key : List.of(REPORTER + "factory.class", REPORTER + "port", "rest.port")) {
      assertThat(flink.toMap().get(key)).as(key).isEqualTo(image.toMap().get(key));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu"})
  void memoryAddsUp(String overlay) throws IOException {
    FlinkDeploymentSpec spec = deployment(overlay).getSpec();
    Configuration flink = configuration(overlay);
    flink.set(
        TaskManagerOptions.TOTAL_PROCESS_MEMORY,
        MemorySize.parse(spec.getTaskManager().getResource().getMemory()));
    flink.set(
        JobManagerOptions.TOTAL_PROCESS_MEMORY,
        MemorySize.parse(spec.getJobManager().getResource().getMemory()));
    assertThat(TaskExecutorProcessUtils.processSpecFromConfig(flink).getTaskHeapSize())
        .isGreaterThan(MemorySize.parse("512m"));
    assertThat(JobManagerProcessUtils.processSpecFromConfig(flink).getJvmHeapMemorySize())
        .isGreaterThan(MemorySize.parse("512m"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu"})
  void theJobTakesItsArguments(String overlay) throws IOException {
    String[] arguments = deployment(overlay).getSpec().getJob().getArgs();
    Container container =
        deployment(overlay).getSpec().getPodTemplate().getSpec().getContainers().get(0);
    assertThat(arguments[0]).isEqualTo("--config");
    assertThat(container.getVolumeMounts())
        .as("where the options lie")
        .anyMatch(
            mount ->
                mount.getName().equals("job")
                    && arguments[1].equals(mount.getMountPath() + "/" + OPTIONS.getFileName()));
    String[] here = arguments.clone();
    here[1] = OPTIONS.toString();
    Map<String, String> values = new LinkedHashMap<>(OptionReader.values(here));
    for (String key : List.of("model.uri", "features.schema")) {
      values.put(key, Dockerfile.onHost(overlay, values.get(key)).toString());
    }
    JobOptions options = OptionReader.read(values);
    JobPlan plan = JobPlanner.plan(options);
    assertThat(plan.model().name()).isEqualTo("air-quality-mlp");
    boolean gpu = overlay.equals("gpu");
    assertThat(options.execution().device()).isEqualTo(gpu ? Execution.CUDA : Execution.CPU);
    assertThat(options.execution().mode())
        .isEqualTo(gpu ? ExecutionMode.REQUIRE : ExecutionMode.PREFER);
    assertThat(options.execution().gpuMemoryLimit().getMebiBytes()).isEqualTo(gpu ? 4096 : 0);
  }

  @Test
  void flinkAsksForGpusByTheNameThatTheJobLooksFor() throws IOException {
    String name = ExecutionOptions.GPU_RESOURCE.defaultValue();
    Configuration flink = configuration("gpu");
    assertThat(flink.get(ExternalResourceOptions.EXTERNAL_RESOURCE_LIST)).containsExactly(name);
    Map<String, String> given = new TreeMap<>(flink.toMap());
    given.keySet().removeIf(key -> !key.startsWith("external-resource."));
    assertThat(given)
        .containsOnlyKeys(
            ExternalResourceOptions.getAmountConfigOptionForResource(name),
            ExternalResourceOptions.getExternalResourceDriverFactoryConfigOptionForResource(name),
            ExternalResourceOptions.getExternalResourceParamConfigPrefixForResource(name)
                + "discovery-script.path",
            ExternalResourceOptions.getSystemConfigKeyConfigOptionForResource(
                name, "kubernetes.config-key"));
    for (Map.Entry<String, String> setting : given.entrySet()) {
      assertThat(Files.readString(Path.of("deploy/gpu/README.md")))
          .contains(setting.getKey() + ": " + setting.getValue());
    }
    assertThat(String.join("\n", Dockerfile.stage("gpu").instructions()))
        .contains("test -x /opt/flink/" + given.get(GPU + "param.discovery-script.path"))
        .contains(
            "'env.java.opts.taskmanager: " + flink.get(CoreOptions.FLINK_TM_JVM_OPTIONS) + "' >> ");
    assertThat(configuration("cpu").toMap()).doesNotContainKey("external-resources");
  }

  private static Configuration configuration(String overlay) throws IOException {
    return Configuration.fromMap(deployment(overlay).getSpec().getFlinkConfiguration());
  }
}
