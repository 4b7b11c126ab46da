package dev.sluice.deploy;

import static dev.sluice.deploy.Dockerfile.copies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.Dockerfile.Copy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of the deployment, run with commands that print what they are given. */
class DeployScriptsTest {
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

  @Test
  void theScriptWaitsForAnAddress(@TempDir Path bin) throws Exception {
    Path count = bin.resolve("count");
    script(
        bin.resolve("wget"),
        "#!/bin/sh\necho \"$@\" >> " + count + "\ntest $(wc -l < " + count + ") -ge 2\n");
    Map<String, String> path = Map.of("PATH", bin + ":" + System.getenv("PATH"));
    assertThat(run(path, List.of("sh", "deploy/flink/await.sh", "http://a:1/b", "60")))
        .containsExactly("http://a:1/b answers");
    assertThat(Files.readAllLines(count))
        .hasSize(2)
        .allMatch(call -> call.endsWith("http://a:1/b"));
  }

  @Test
  void theScriptGivesUp(@TempDir Path bin) throws Exception {
    script(bin.resolve("wget"), "#!/bin/sh\nexit 4\n");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "deploy/flink/await.sh", "http://a:1/b", "0")
            .redirectErrorStream(true);
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    Process process = builder.start();
    assertThat(process.inputReader().lines())
        .containsExactly("http://a:1/b did not answer within 0 s");
    assertThat(process.waitFor()).isOne();
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
    return copies("cpu").stream()
        .filter(copy -> copy.source().equals(source))
        .map(Copy::inImage)
        .findFirst()
        .orElseThrow();
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
