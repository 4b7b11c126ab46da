package dev.sluice.deploy;

import static dev.sluice.deploy.Deployment.JOB;
import static dev.sluice.deploy.Deployment.pom;
import static dev.sluice.deploy.Deployment.property;
import static dev.sluice.deploy.Dockerfile.copies;
import static dev.sluice.deploy.Dockerfile.onHost;
import static dev.sluice.deploy.Dockerfile.stage;
import static dev.sluice.deploy.Dockerfile.stages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.JobPlan;
import dev.sluice.JobPlanner;
import dev.sluice.config.OptionReader;
import dev.sluice.deploy.Dockerfile.Copy;
import dev.sluice.deploy.Dockerfile.Stage;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be checked of the images without building them. */
class DockerfileTest {
  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu"})
  void whatTheOptionsNameIsInTheImage(String stage) throws IOException {
    Map<String, String> options =
        new LinkedHashMap<>(OptionReader.values(new String[] {"--config", JOB.toString()}));
    for (String key : List.of("model.uri", "features.schema")) {
      options.put(key, onHost(stage, options.get(key)).toString());
    }
    JobPlan plan = JobPlanner.plan(OptionReader.read(options));
    assertThat(plan.model().name()).isEqualTo("air-quality-mlp");
    assertThat(plan.eventTimeField()).isEqualTo("ts");
    assertThat(plan.profileSha256()).isNotEmpty();
  }

  @Test
  void whatIsCopiedIsThereOrBuilt() throws IOException {
    for (Stage stage : stages().values()) {
      for (Copy copy : copies(stage.name())) {
        if (!copy.from().isEmpty()) {
          assertThat(stages()).containsKey(copy.from());
        } else {
          if (copy.source().startsWith("target/")) {
            assertThat(built(Set.of("gpu", "natives").contains(stage.name())))
                .contains(copy.source());
          } else {
            assertThat(Path.of(copy.source())).exists();
          }
          assertThat(letsThrough(copy.source()))
              .as("Dockerfile.dockerignore lets %s through", copy.source())
              .isTrue();
        }
      }
    }
    assertThat(copies("cpu")).hasSizeGreaterThan(4);
  }

  /** What {@code mvn package} makes that an image may want. */
  private static Set<String> built(boolean gpu) throws IOException {
    String artifact =
        gpu
            ? pom("<id>gpu</id>", "</profile>")
                .replaceAll("(?s).*<onnxruntime.artifact>(.*)</onnxruntime.artifact>.*", "$1")
            : property("onnxruntime.artifact");
    String directory = property("outputDirectory").replace("${project.build.directory}", "target");
    return Set.of(
        directory,
        directory + "/" + artifact + "-" + property("onnxruntime.version") + ".jar",
        property("outputFile").replace("${project.build.directory}", "target"),
        "target/" + property("finalName") + ".jar");
  }

  /** Everything is ignored but what stands behind an exclamation mark, and what lies in there. */
  private static boolean letsThrough(String source) throws IOException {
    List<String> lines = Files.readAllLines(Path.of(Dockerfile.FILE + ".dockerignore"));
    assertThat(lines.get(0)).isEqualTo("*");
    return lines.stream()
        .filter(line -> line.startsWith("!"))
        .map(line -> line.substring(1))
        .anyMatch(
            line ->
                FileSystems.getDefault()
                    .getPathMatcher("glob:{" + line + "," + line + "/**}")
                    .matches(Path.of(source)));
  }

  @Test
  void versionsAreThoseOfTheBuild() throws IOException {
    Map<String, String> arguments = Dockerfile.arguments();
    String java = property("maven.compiler.release");
    String flink = property("flink.version");
    assertThat(arguments)
        .containsEntry("FLINK_VERSION", flink)
        .containsEntry("FLINK_IMAGE", "flink:" + flink + "-scala_2.12-java" + java)
        .containsEntry("JAVA_IMAGE", "eclipse-temurin:" + java + "-jre-noble");
    assertThat(arguments.get("CUDA_IMAGE"))
        .as("CUDA 12, cuDNN and the same Ubuntu as the others")
        .matches("nvidia/cuda:12\\.\\d+\\.\\d+-cudnn-runtime-ubuntu24\\.04");
    for (Stage stage : stages().values()) {
      String argument = stage.base().replaceAll("^\\$\\{([A-Z_]+)}$", "$1");
      assertThat(stages().containsKey(stage.base()) || arguments.containsKey(argument))
          .as("base of %s: %s", stage.name(), stage.base())
          .isTrue();
    }
  }

  @Test
  void theImagesAreThoseThatTheReadmesBuild() throws IOException {
    assertThat(stages().keySet()).containsExactly("flink", "natives", "gpu", "cli", "cpu");
    for (String file :
        List.of("deploy/docker/Dockerfile", "deploy/README.md", "deploy/kubernetes/README.md")) {
      List<String> targets =
          Pattern.compile("--target (\\w+)")
              .matcher(Files.readString(Path.of(file)))
              .results()
              .map(match -> match.group(1))
              .toList();
      assertThat(targets).as("targets of " + file).isNotEmpty();
      assertThat(stages()).containsKeys(targets.toArray(String[]::new));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu", "cli"})
  void nobodyIsRoot(String stage) throws IOException {
    assertThat(stage(stage).last("USER")).isIn("flink", "sluice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu", "cli"})
  void theLocaleOfStringModelsIsThere(String stage) throws IOException {
    List<String> lines = stage(stage).instructions();
    assertThat(lines)
        .anyMatch(
            line ->
                line.contains("localedef -i en_US -f UTF-8 en_US.UTF-8")
                        && line.endsWith("locale -a | grep -ix 'en_US\\.utf-\\?8'")
                    || line.contains("localedef -i en_US -f UTF-8 en_US.UTF-8; locale -a | grep"));
    assertThat(stage(stage).last("ENV")).contains("LANG=en_US.UTF-8", "LC_ALL=en_US.UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu"})
  void theHealthCheckAsksTheReporterOfMetrics(String stage) throws IOException {
    Configuration flink = GlobalConfiguration.loadConfiguration("deploy/flink");
    String port = flink.toMap().get("metrics.reporter.prom.port");
    assertThat(stage(stage).last("HEALTHCHECK"))
        .contains("\"http://127.0.0.1:" + port + "/metrics\"")
        .contains("\"wget\"");
    assertThat(stage(stage).last("EXPOSE").split(" ")).contains(port);
    if (stage.equals("gpu")) {
      assertThat(stage(stage).last("EXPOSE").split(" "))
          .contains(
              flink.get(RestOptions.PORT).toString(), flink.get(JobManagerOptions.PORT).toString());
      assertThat(String.join("\n", stage(stage).instructions())).containsPattern("apt-get.* wget");
    }
  }

  @Test
  void onnxRuntimeLiesInLibAlone() throws IOException {
    for (String stage : List.of("cpu", "gpu")) {
      assertThat(copies(stage).stream().filter(copy -> copy.source().contains("onnxruntime")))
          .anyMatch(copy -> copy.inImage().startsWith("/opt/flink/lib/onnxruntime"))
          .noneMatch(copy -> copy.inImage().contains("usrlib"));
    }
    assertThat(copies("cpu"))
        .extracting(Copy::inImage)
        .contains("/opt/flink/usrlib/sluice-job.jar");
    assertThat(onHost("gpu", "/opt/flink/usrlib/sluice-job.jar"))
        .isEqualTo(Path.of("target/sluice-job.jar"));
  }

  @Test
  void theCommandLineFindsItsLibraries() throws IOException {
    String entry = stage("cli").last("ENTRYPOINT");
    String jar = entry.replaceAll(".*\"(/\\S+\\.jar)\".*", "$1");
    assertThat(onHost("cli", jar)).isEqualTo(Path.of("target/sluice.jar"));
    String libraries = Path.of(jar).resolveSibling(property("classpathPrefix")).toString();
    assertThat(onHost("cli", libraries)).isEqualTo(Path.of("target/lib"));
  }

  @Test
  void checkpointsMayLieInS3() throws IOException {
    String run = String.join("\n", stage("flink").instructions());
    assertThat(run)
        .contains("/opt/flink/opt/flink-s3-fs-hadoop-${FLINK_VERSION}.jar\" /opt/flink/plugins/");
  }
}
