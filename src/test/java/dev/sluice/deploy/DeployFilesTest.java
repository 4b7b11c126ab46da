package dev.sluice.deploy;

import static dev.sluice.deploy.Deployment.DOCKERFILE;
import static dev.sluice.deploy.Deployment.GPU_DOCKERFILE;
import static dev.sluice.deploy.Deployment.JOB;
import static dev.sluice.deploy.Deployment.copies;
import static dev.sluice.deploy.Deployment.instructions;
import static dev.sluice.deploy.Deployment.onHost;
import static dev.sluice.deploy.Deployment.pom;
import static dev.sluice.deploy.Deployment.property;
import static dev.sluice.deploy.Deployment.service;
import static dev.sluice.deploy.Deployment.services;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.JobPlan;
import dev.sluice.JobPlanner;
import dev.sluice.config.AnswerOptions;
import dev.sluice.config.Execution;
import dev.sluice.config.ExecutionMode;
import dev.sluice.config.ExecutionOptions;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be checked of the deployment's files without Docker. */
class DeployFilesTest {
  private static final String[] ARGUMENTS = {"--config", JOB.toString()};

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
  void theTopicsAreThoseOfTheJob() throws IOException {
    KafkaOptions kafka = OptionReader.read(ARGUMENTS).kafka();
    Map<String, Topic> topics = Deployment.topics();
    assertThat(topics)
        .containsOnlyKeys(
            kafka.featuresTopic(),
            kafka.predictionsTopic(),
            kafka.inputProfilesTopic(),
            kafka.outputProfilesTopic(),
            kafka.alarmsTopic(),
            kafka.deadLettersTopic());
    topics.forEach(
        (name, topic) -> {
          Properties settings = new Properties();
          settings.putAll(topic.settings());
          LogConfig.validate(settings);
          boolean compacted = "compact".equals(topic.settings().get("cleanup.policy"));
          assertThat(compacted)
              .as(name + " is compacted")
              .isEqualTo(name.endsWith("-profiles") || name.equals("alarms"));
          assertThat(compacted || topic.settings().containsKey("retention.ms"))
              .as(name + " says how long records stay")
              .isTrue();
          assertThat(topic.partitions()).isPositive();
        });
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
}
