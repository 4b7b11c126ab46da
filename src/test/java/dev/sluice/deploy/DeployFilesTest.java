package dev.sluice.deploy;

import static dev.sluice.deploy.Deployment.JOB;
import static dev.sluice.deploy.Deployment.pom;
import static dev.sluice.deploy.Deployment.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.AnswerOptions;
import dev.sluice.config.Execution;
import dev.sluice.config.ExecutionMode;
import dev.sluice.config.ExecutionOptions;
import dev.sluice.config.KafkaOptions;
import dev.sluice.config.OptionReader;
import dev.sluice.deploy.Deployment.Topic;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
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
  void theJarStartsTheJob() throws Exception {
    String manifest = pom("ManifestResourceTransformer\">", "</mainClass>");
    Class<?> job = Class.forName(manifest.replace("<mainClass>", ""));
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
  @ValueSource(
      strings = {"deploy/README.md", "deploy/gpu/README.md", "deploy/kubernetes/README.md"})
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
