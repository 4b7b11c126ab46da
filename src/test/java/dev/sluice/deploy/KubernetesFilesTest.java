package dev.sluice.deploy;

import static dev.sluice.deploy.Deployment.map;
import static dev.sluice.deploy.Deployment.strings;
import static dev.sluice.deploy.KubernetesFiles.DIRECTORY;
import static dev.sluice.deploy.KubernetesFiles.deployment;
import static dev.sluice.deploy.KubernetesFiles.documents;
import static dev.sluice.deploy.KubernetesFiles.strictly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.config.JobOptions;
import dev.sluice.config.OptionReader;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.spec.FlinkDeploymentSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the files of deploy/kubernetes say of each other. */
class KubernetesFilesTest {
  private static final Path BASE = DIRECTORY.resolve("base");
  private static final Path OPTIONS = BASE.resolve("job.yaml");
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "FlinkDeployment", FlinkDeployment.class,
          "NetworkPolicy", NetworkPolicy.class,
          "PersistentVolumeClaim", PersistentVolumeClaim.class,
          "Role", Role.class,
          "RoleBinding", RoleBinding.class,
          "Secret", Secret.class,
          "ServiceAccount", ServiceAccount.class);

  @Test
  void everyObjectIsOneOfKubernetes() throws IOException {
    Set<String> seen = new TreeSet<>();
    try (Stream<Path> files = Files.walk(DIRECTORY)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        for (Map<String, Object> document : documents(file)) {
          String kind = String.valueOf(document.get("kind"));
          if (KINDS.containsKey(kind)) {
            seen.add(kind);
            HasMetadata object = strictly(document, KINDS.get(kind));
            assertThat(document.get("apiVersion"))
                .as("apiVersion in " + file)
                .isEqualTo(HasMetadata.getApiVersion(KINDS.get(kind)).replaceFirst("^/", ""));
            assertThat(object.getMetadata().getName()).as("name in " + file).startsWith("sluice");
          } else {
            assertThat(file.getFileName().toString())
                .as("%s has an object of kind %s", file, kind)
                .isIn("job.yaml", "kustomization.yaml", "name-references.yaml");
          }
        }
      }
    }
    assertThat(seen).isEqualTo(new TreeSet<>(KINDS.keySet()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "cpu", "gpu", "model-volume"})
  void whatKustomizeIsToldOfIsThere(String name) throws IOException {
    Path directory = DIRECTORY.resolve(name);
    Map<String, Object> file = documents(directory.resolve("kustomization.yaml")).get(0);
    List<String> named = new ArrayList<>(strings(file, "resources"));
    named.addAll(strings(file, "configurations"));
    for (Object patch : (List<?>) file.getOrDefault("patches", List.of())) {
      named.add(((Map<?, ?>) patch).get("path").toString());
    }
    for (Object generator : (List<?>) file.getOrDefault("configMapGenerator", List.of())) {
      named.addAll(strings((Map<?, ?>) generator, "files"));
    }
    assertThat(named).isNotEmpty().allSatisfy(it -> assertThat(directory.resolve(it)).exists());
  }

  @Test
  void theRoleIsThatOfThePods() throws IOException {
    List<Map<String, Object>> rights = documents(BASE.resolve("service-account.yaml"));
    String account = strictly(rights.get(0), ServiceAccount.class).getMetadata().getName();
    RoleBinding binding = strictly(rights.get(2), RoleBinding.class);
    assertThat(deployment("cpu").getSpec().getServiceAccount()).isEqualTo(account);
    assertThat(binding.getSubjects()).hasSize(1).allMatch(it -> it.getName().equals(account));
    assertThat(binding.getRoleRef().getName())
        .isEqualTo(strictly(rights.get(1), Role.class).getMetadata().getName());
  }

  @Test
  void everySecretThatIsReferredToIsListed() throws IOException {
    Map<String, Set<String>> listed = new TreeMap<>();
    for (Map<String, Object> document : documents(DIRECTORY.resolve("secrets.example.yaml"))) {
      Secret secret = strictly(document, Secret.class);
      listed.put(secret.getMetadata().getName(), secret.getStringData().keySet());
      assertThat(secret.getStringData().values()).as("no secret in a file").containsOnly("FILL-IN");
    }
    Map<String, Set<String>> used = new TreeMap<>();
    PodSpec pod = deployment("cpu").getSpec().getPodTemplate().getSpec();
    Container container = pod.getContainers().get(0);
    Set<String> variables = new TreeSet<>();
    for (EnvVar variable : container.getEnv()) {
      SecretKeySelector secret = variable.getValueFrom().getSecretKeyRef();
      used.computeIfAbsent(secret.getName(), name -> new TreeSet<>()).add(secret.getKey());
      variables.add(variable.getName());
    }
    String options = Files.readString(OPTIONS);
    for (Volume volume : pod.getVolumes()) {
      if (volume.getSecret() != null) {
        String path =
            container.getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals(volume.getName()))
                .map(VolumeMount::getMountPath)
                .findFirst()
                .orElseThrow();
        Set<String> keys = new TreeSet<>(found("\\{directory:" + path + ":([^}]+)}", options));
        keys.addAll(found(path + "/(\\S+)", options));
        used.put(volume.getSecret().getSecretName(), keys);
      }
    }
    assertThat(used).isEqualTo(listed);
    assertThat(found("\\$\\{env:([^}]+)}", options)).isNotEmpty().isSubsetOf(variables);
    assertThat(variables).contains("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
    assertThat(found("\\$\\{(\\w+):", options)).containsOnly("env", "directory");
    assertThat(options).doesNotContainPattern("(?i)password[:=] *\"?[^$\\s\"]");
  }

  private static Set<String> found(String pattern, String text) {
    Set<String> found = new TreeSet<>();
    Pattern.compile(pattern).matcher(text).results().forEach(it -> found.add(it.group(1)));
    return found;
  }

  @Test
  void theNetworkLetsThroughWhatIsNeeded() throws IOException {
    NetworkPolicy policy =
        strictly(documents(BASE.resolve("network-policy.yaml")).get(0), NetworkPolicy.class);
    FlinkDeployment deployment = deployment("cpu");
    Map<String, String> flink = deployment.getSpec().getFlinkConfiguration();
    String name = deployment.getMetadata().getName();
    assertThat(policy.getSpec().getPodSelector().getMatchLabels())
        .as("Flink's label of the pods")
        .isEqualTo(Map.of("app", name));
    assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
    List<NetworkPolicyIngressRule> in = policy.getSpec().getIngress();
    assertThat(in).hasSize(3);
    assertThat(in.get(0).getFrom().get(0).getPodSelector().getMatchLabels())
        .isEqualTo(Map.of("app", name));
    assertThat(ports(in.get(1).getPorts())).containsExactly(flink.get("rest.port"));
    String metrics = flink.get("metrics.reporter.prom.port");
    assertThat(ports(in.get(2).getPorts())).containsExactly(metrics);
    Map<String, String> annotations =
        deployment.getSpec().getPodTemplate().getMetadata().getAnnotations();
    assertThat(annotations).containsEntry("prometheus.io/port", metrics);
    JobOptions options = OptionReader.read(new String[] {"--config", OPTIONS.toString()});
    URI registry = URI.create(options.registry().url().orElseThrow().toString());
    assertThat(registry.getScheme()).isEqualTo("https");
    assertThat(ports(policy.getSpec().getEgress().get(1).getPorts()))
        .containsExactly(
            "53",
            "53",
            options.kafka().bootstrapServers().replaceAll(".*:", ""),
            registry.getPort() < 0 ? "443" : String.valueOf(registry.getPort()),
            "6443");
  }

  private static List<String> ports(List<NetworkPolicyPort> ports) {
    return ports.stream().map(port -> String.valueOf(port.getPort().getValue())).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu"})
  void kustomizeMakesTheSame(String overlay) throws Exception {
    List<Map<String, Object>> rendered = kustomize(DIRECTORY.resolve(overlay));
    Map<String, Object> options = one(rendered, "ConfigMap");
    String name = map(options, "metadata").get("name").toString();
    assertThat(name).matches("sluice-job-[a-z0-9]{10}");
    assertThat(map(options, "data").get("job.yaml")).isEqualTo(Files.readString(OPTIONS));
    Map<String, Object> expected =
        KubernetesFiles.merge(
            KubernetesFiles.merged(overlay), Map.of("metadata", Map.of("namespace", "sluice")));
    assertThat(sorted(one(rendered, "FlinkDeployment")).toString())
        .as("the deployment, with the name of the options' ConfigMap")
        .isEqualTo(
            sorted(expected)
                .toString()
                .replace("configMap={name=sluice-job}", "configMap={name=" + name + "}"))
        .contains(name);
    assertThat(rendered)
        .allSatisfy(it -> assertThat(map(it, "metadata").get("namespace")).isEqualTo("sluice"));
  }

  @Test
  void aVolumeOfModelsIsMounted() throws Exception {
    Path directory = Files.createDirectories(Path.of("target/kustomize-model-volume"));
    Files.writeString(
        directory.resolve("kustomization.yaml"),
        "resources: [../../deploy/kubernetes/gpu]\ncomponents: [../../deploy/kubernetes/model-volume]\n");
    List<Map<String, Object>> rendered = kustomize(directory);
    PersistentVolumeClaim claim =
        strictly(one(rendered, "PersistentVolumeClaim"), PersistentVolumeClaim.class);
    FlinkDeploymentSpec spec =
        strictly(one(rendered, "FlinkDeployment"), FlinkDeployment.class).getSpec();
    PodSpec pod = spec.getJobManager().getPodTemplate().getSpec();
    assertThat(pod.getVolumes().get(0).getPersistentVolumeClaim().getClaimName())
        .isEqualTo(claim.getMetadata().getName());
    assertThat(pod.getContainers().get(0).getVolumeMounts().get(0).getName())
        .isEqualTo(pod.getVolumes().get(0).getName());

    // The operator adds them to those of all pods, as long as it goes by names and these differ.
    PodSpec all = spec.getPodTemplate().getSpec();
    assertThat(
            spec.getFlinkConfiguration()
                .get("kubernetes.operator.pod-template.merge-arrays-by-name"))
        .isEqualTo("true");
    assertThat(all.getContainers().get(0).getName())
        .isEqualTo(pod.getContainers().get(0).getName());
    assertThat(volumes(all)).isNotEmpty().doesNotContainAnyElementsOf(volumes(pod));
    assertThat(paths(all)).isNotEmpty().doesNotContainAnyElementsOf(paths(pod));
  }

  private static List<String> volumes(PodSpec pod) {
    return pod.getVolumes().stream().map(Volume::getName).toList();
  }

  private static List<String> paths(PodSpec pod) {
    return pod.getContainers().get(0).getVolumeMounts().stream()
        .map(VolumeMount::getMountPath)
        .toList();
  }

  private static Map<String, Object> one(List<Map<String, Object>> objects, String kind) {
    List<Map<String, Object>> found =
        objects.stream().filter(object -> object.get("kind").equals(kind)).toList();
    assertThat(found).as(kind).hasSize(1);
    return found.get(0);
  }

  private static Object sorted(Object node) {
    if (node instanceof List<?> list) {
      return list.stream().map(KubernetesFilesTest::sorted).toList();
    }
    if (!(node instanceof Map<?, ?> mapping)) {
      return String.valueOf(node).strip();
    }
    Map<String, Object> result = new TreeMap<>();
    mapping.forEach((key, value) -> result.put(key.toString(), sorted(value)));
    return result;
  }

  private static List<Map<String, Object>> kustomize(Path directory) throws Exception {
    Process process;
    try {
      process = new ProcessBuilder("kubectl", "kustomize", directory.toString()).start();
    } catch (IOException e) {
      assumeTrue(false, "kubectl is not installed");
      throw e;
    }
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(errors).isZero();
    return new ArrayList<>(documents(text));
  }
}
