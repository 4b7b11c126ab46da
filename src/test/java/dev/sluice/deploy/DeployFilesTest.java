package dev.sluice.deploy;

import static dev.sluice.deploy.Deployment.DOCKERFILE;
import static dev.sluice.deploy.Deployment.GPU_DOCKERFILE;
import static dev.sluice.deploy.Deployment.JOB;
import static dev.sluice.deploy.Deployment.copies;
import static dev.sluice.deploy.Deployment.instructions;
import static dev.sluice.deploy.Deployment.map;
import static dev.sluice.deploy.Deployment.onHost;
import static dev.sluice.deploy.Deployment.pom;
import static dev.sluice.deploy.Deployment.property;
import static dev.sluice.deploy.Deployment.service;
import static dev.sluice.deploy.Deployment.services;
import static dev.sluice.deploy.Deployment.strings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.JobPlan;
import dev.sluice.JobPlanner;
import dev.sluice.config.AnswerOptions;
import dev.sluice.config.Execution;
import dev.sluice.config.ExecutionMode;
import dev.sluice.config.ExecutionOptions;
import dev.sluice.config.JobOptions;
import dev.sluice.config.KafkaOptions;
import dev.sluice.config.OptionReader;
import dev.sluice.deploy.Deployment.Copy;
import dev.sluice.deploy.Deployment.Topic;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Modifier;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import kafka.server.KafkaConfig;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be checked of the deployment's files without Docker. */
class DeployFilesTest {
  private static final String[] ARGUMENTS = {"--config", JOB.toString()};

  @Test
  void theJobTakesItsOptions() throws IOException {
    JobOptions options = OptionReader.read(ARGUMENTS);
    assertThat(broker().get("KAFKA_ADVERTISED_LISTENERS").toString().split(","))
        .as("what the broker tells clients to connect to")
        .contains("INTERNAL://" + options.kafka().bootstrapServers());
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy/docker/Dockerfile", "deploy/docker/Dockerfile.gpu"})
  void whatTheOptionsNameIsInTheImage(String dockerfile) throws IOException {
    Map<String, String> options = new LinkedHashMap<>(OptionReader.values(ARGUMENTS));
    for (String key : List.of("model.uri", "features.schema")) {
      options.put(key, onHost(Path.of(dockerfile), options.get(key)).toString());
    }
    JobPlan plan = JobPlanner.plan(OptionReader.read(options));
    assertThat(plan.model().name()).isEqualTo("air-quality-mlp");
    assertThat(plan.eventTimeField()).isEqualTo("ts");
    assertThat(plan.profileSha256()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy/docker/Dockerfile", "deploy/docker/Dockerfile.gpu"})
  void whatIsCopiedIsThereOrBuilt(String dockerfile) throws IOException {
    Path file = Path.of(dockerfile);
    List<Copy> copies = copies(file);
    assertThat(copies).isNotEmpty();
    for (Copy copy : copies) {
      if (copy.source().startsWith("target/")) {
        assertThat(built(file.equals(GPU_DOCKERFILE))).contains(copy.source());
      } else {
        assertThat(Path.of(copy.source())).exists();
      }
      assertThat(letsThrough(Path.of(dockerfile + ".dockerignore"), copy.source()))
          .as("%s.dockerignore lets %s through", dockerfile, copy.source())
          .isTrue();
    }
  }

  /** What {@code mvn package} makes that an image may want. */
  private static Set<String> built(boolean gpu) throws IOException {
    String artifact =
        gpu
            ? pom("<id>gpu</id>", "</profile>")
                .replaceAll("(?s).*<onnxruntime.artifact>(.*)</onnxruntime.artifact>.*", "$1")
            : property("onnxruntime.artifact");
    String library = artifact + "-" + property("onnxruntime.version") + ".jar";
    return Set.of(
        property("outputDirectory").replace("${project.build.directory}", "target") + "/" + library,
        property("outputFile").replace("${project.build.directory}", "target"));
  }

  /** Everything is ignored but what stands behind an exclamation mark. */
  private static boolean letsThrough(Path ignore, String source) throws IOException {
    List<String> lines = Files.readAllLines(ignore);
    assertThat(lines.get(0)).isEqualTo("*");
    return lines.stream()
        .filter(line -> line.startsWith("!"))
        .map(line -> FileSystems.getDefault().getPathMatcher("glob:" + line.substring(1)))
        .anyMatch(matcher -> matcher.matches(Path.of(source)));
  }

  @Test
  void whatComposeMountsOrBuildsIsThere() throws IOException {
    Set<String> volumes = new TreeSet<>();
    for (Object name : services().keySet()) {
      Map<?, ?> service = service(name.toString());
      for (String volume : strings(service, "volumes")) {
        String source = volume.substring(0, volume.indexOf(':'));
        if (source.startsWith("./")) {
          assertThat(Path.of(source)).isRegularFile();
          assertThat(volume).as("a mounted file is read-only").endsWith(":ro");
        } else {
          volumes.add(source);
        }
      }
      if (service.containsKey("build")) {
        Map<?, ?> build = map(service, "build");
        assertThat(Path.of(build.get("context").toString(), build.get("dockerfile").toString()))
            .isRegularFile();
      }
      for (String word : strings(service, "command")) {
        if (word.startsWith("/opt/sluice/")) {
          assertThat(strings(service, "volumes"))
              .anyMatch(mount -> mount.endsWith(":" + word + ":ro"));
        }
      }
    }
    assertThat(volumes)
        .hasToString(new TreeSet<>(map(Deployment.compose(), "volumes").keySet()).toString());
  }

  @Test
  void theTopicsAreThoseOfTheJob() throws IOException {
    KafkaOptions kafka = OptionReader.read(ARGUMENTS).kafka();
    Map<String, Topic> topics = Deployment.topics();
    assertThat(topics)
        .containsOnlyKeys(
            kafka.featuresTopic(),
            kafka.predictionsTopic(),
            kafka.inputProfilesTopic(),
            kafka.outputProfilesTopic(),
            kafka.deadLettersTopic());
    topics.forEach(
        (name, topic) -> {
          Properties settings = new Properties();
          settings.putAll(topic.settings());
          LogConfig.validate(settings);
          boolean compacted = "compact".equals(topic.settings().get("cleanup.policy"));
          assertThat(compacted).as(name + " is compacted").isEqualTo(name.endsWith("-profiles"));
          assertThat(compacted || topic.settings().containsKey("retention.ms"))
              .as(name + " says how long records stay")
              .isTrue();
          assertThat(topic.partitions()).isPositive();
        });
  }

  @Test
  void theScriptCreatesEachTopic(@TempDir Path kafka) throws Exception {
    script(kafka.resolve("bin/kafka-topics.sh"), "#!/bin/sh\necho \"$@\"\n");
    List<String> calls =
        run(
            Map.of("KAFKA_HOME", kafka.toString()),
            List.of("sh", "deploy/kafka/create-topics.sh", "broker:1", "deploy/kafka/topics.txt"));
    List<String> expected = new ArrayList<>();
    Deployment.topics()
        .forEach(
            (name, topic) -> {
              StringBuilder call =
                  new StringBuilder("--bootstrap-server broker:1 --create --if-not-exists");
              call.append(" --topic ")
                  .append(name)
                  .append(" --partitions ")
                  .append(topic.partitions());
              call.append(" --replication-factor 1");
              topic
                  .settings()
                  .forEach((key, value) -> call.append(" --config " + key + "=" + value));
              expected.add(call.toString());
            });
    assertThat(calls).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"No running jobs.", "21.11.2026 : ab : sluice-other (RUNNING)"})
  void theJobIsSubmitted(String listed, @TempDir Path directory) throws Exception {
    assertThat(submit(listed, directory))
        .containsExactly("run -d " + onImage("target/sluice-job.jar") + " --config job.yaml --a b");
  }

  @Test
  void theJobIsNotSubmittedTwice(@TempDir Path directory) throws Exception {
    assertThat(submit("21.11.2026 : ab : sluice (RESTARTING)", directory))
        .first()
        .asString()
        .contains("is there already");
  }

  private static List<String> submit(String listed, Path bin) throws Exception {
    String flink =
        "#!/bin/sh\nif [ \"$1\" = list ]; then echo '" + listed + "'; else echo \"$@\"; fi\n";
    script(bin.resolve("flink"), flink);
    return run(
        Map.of("PATH", bin + ":" + System.getenv("PATH")),
        List.of("sh", "deploy/flink/submit.sh", "job.yaml", "--a", "b"));
  }

  private static String onImage(String source) throws IOException {
    return copies(DOCKERFILE).stream()
        .filter(copy -> copy.source().equals(source))
        .map(Copy::inImage)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyPortIsOnLoopback() throws IOException {
    Set<String> hostPorts = new TreeSet<>();
    for (Object name : services().keySet()) {
      Map<?, ?> service = service(name.toString());
      assertThat(service.containsKey("network_mode"))
          .as(name + " has a network of the host")
          .isFalse();
      for (String port : strings(service, "ports")) {
        assertThat(port).as("port of " + name).matches("127\\.0\\.0\\.1:\\d+:\\d+");
        assertThat(hostPorts.add(port.split(":")[1])).as("%s is free for %s", port, name).isTrue();
      }
    }
    assertThat(hostPorts).contains("9092", "8081");
    assertThat(broker().get("KAFKA_ADVERTISED_LISTENERS").toString())
        .contains("HOST://127.0.0.1:9092");
  }

  @Test
  void theBrokerTakesItsSettings() throws IOException {
    Properties settings = new Properties();
    broker()
        .forEach(
            (name, value) -> {
              String key =
                  name.toString().substring("KAFKA_".length()).toLowerCase().replace('_', '.');
              assertThat(KafkaConfig.configNames().contains(key))
                  .as(key + " is a setting of Kafka")
                  .isTrue();
              settings.put(key, value);
            });
    KafkaConfig config = KafkaConfig.fromProps(settings, false);
    assertThat(config.autoCreateTopicsEnable()).isFalse();
    assertThat(strings(service("kafka"), "volumes"))
        .contains("kafka-data:" + settings.get("log.dirs"));
  }

  private static Map<?, ?> broker() throws IOException {
    return map(service("kafka"), "environment");
  }

  @Test
  void aServiceWaitsForWhatCanHappen() throws IOException {
    for (Object name : services().keySet()) {
      map(service(name.toString()), "depends_on")
          .forEach(
              (other, condition) -> {
                try {
                  Map<?, ?> awaited = service(other.toString());
                  assertThat(awaited).as(name + " waits for " + other).isNotEmpty();
                  if (condition.toString().equals("{condition=service_healthy}")) {
                    assertThat(awaited.get("healthcheck")).as("health of " + other).isNotNull();
                  } else {
                    assertThat(condition).hasToString("{condition=service_completed_successfully}");
                    assertThat(awaited.get("restart")).as("restart of " + other).isEqualTo("no");
                  }
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
    }
    assertThat(map(service("submit"), "depends_on")).hasSize(3);
  }

  @Test
  void versionsAreThoseOfTheBuild() throws IOException {
    String flink =
        "flink:"
            + property("flink.version")
            + "-scala_2.12-java"
            + property("maven.compiler.release");
    for (Path dockerfile : List.of(DOCKERFILE, GPU_DOCKERFILE)) {
      List<String> bases =
          instructions(dockerfile).stream()
              .filter(line -> line.startsWith("FROM ") && !line.contains("${"))
              .map(line -> line.split(" ")[1])
              .toList();
      assertThat(bases).as("bases of " + dockerfile).containsExactly(flink);
    }
    for (Object name : services().keySet()) {
      assertThat(service(name.toString()).get("image").toString())
          .isIn("apache/kafka:" + property("kafka.version"), "sluice-flink");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy/docker/Dockerfile", "deploy/docker/Dockerfile.gpu"})
  void theImageRunsAsFlinkAndHasTheLocale(String dockerfile) throws IOException {
    List<String> lines = instructions(Path.of(dockerfile));
    assertThat(lines.stream().filter(line -> line.startsWith("USER ")).reduce((a, b) -> b))
        .contains("USER flink");
    assertThat(lines).anyMatch(line -> line.contains("localedef -i en_US -f UTF-8 en_US.UTF-8"));
    assertThat(lines)
        .anyMatch(line -> line.startsWith("ENV ") && line.contains("LC_ALL=en_US.UTF-8"));
  }

  @Test
  void theJarStartsTheJob() throws Exception {
    String manifest = pom("ManifestResourceTransformer\">", "</transformer>");
    Class<?> job = Class.forName(manifest.replaceAll("</?mainClass>", ""));
    assertThat(Modifier.isStatic(job.getMethod("main", String[].class).getModifiers())).isTrue();
  }

  @Test
  void theExampleCompiles(@TempDir Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter problems = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                problems,
                null,
                null,
                List.of(
                    "-d",
                    classes.toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-proc:none"),
                null,
                compiler
                    .getStandardFileManager(null, null, null)
                    .getJavaFileObjects(Path.of("deploy/example/AirQuality.java")))
            .call();
    assertThat(compiled).as(problems.toString()).isTrue();
  }

  @Test
  void theGpuReadmeSaysWhatTheBuildAndTheJobTake(@TempDir Path directory) throws Exception {
    String text = Files.readString(Path.of("deploy/gpu/README.md"));
    assertThat(text)
        .contains("`onnxruntime_gpu` " + property("onnxruntime.version"))
        .contains("mvn -Pgpu -DskipTests clean package")
        .contains("external-resource." + ExecutionOptions.GPU_RESOURCE.defaultValue() + ".amount");
    String options =
        Pattern.compile("```yaml\n(model\\.[^`]*)```")
            .matcher(text)
            .results()
            .map(block -> block.group(1))
            .findFirst()
            .orElseThrow();
    Path job = Files.writeString(directory.resolve("gpu.yaml"), options);
    AnswerOptions answers = OptionReader.answers(job.toString(), List.of(), "--set");
    assertThat(answers.execution().device()).isEqualTo(Execution.CUDA);
    assertThat(answers.execution().mode()).isEqualTo(ExecutionMode.REQUIRE);
    assertThat(answers.execution().gpuMemoryLimit().getMebiBytes()).isEqualTo(4096);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy/README.md", "deploy/gpu/README.md"})
  void aReadmeNamesFilesThatAreThere(String file) throws IOException {
    Path readme = Path.of(file);
    String text = Files.readString(readme);
    assertThat(text).contains("-DskipTests");
    List<String> links =
        Pattern.compile("\\]\\(([^)#:]+)\\)")
            .matcher(text)
            .results()
            .map(link -> link.group(1))
            .toList();
    assertThat(links)
        .isNotEmpty()
        .allSatisfy(link -> assertThat(readme.resolveSibling(link)).exists());
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static List<String> run(Map<String, String> environment, List<String> command)
      throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor()).as(lines.toString()).isZero();
    return lines;
  }
}
