package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;
import org.apache.flink.runtime.messages.webmonitor.MultipleJobsDetails;
import org.apache.flink.runtime.rest.util.RestMapperUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scripts for one machine, with a Java that prints what it is given and processes that only
 * wait. What they do with real ones, ClusterFailureITCase shows.
 */
class LocalScriptsTest {
  private static final String JOB = "0123456789abcdef0123456789abcdef";
  private static final String OTHER = "fedcba9876543210fedcba9876543210";

  @TempDir private Path directory;
  private Path local;
  private final List<Process> processes = new ArrayList<>();

  private record Ended(int code, String output) {}

  @BeforeEach
  void pretendJava() throws IOException {
    local = Files.createDirectory(directory.resolve("local"));
    Path bin = Files.createDirectories(directory.resolve("jdk/bin"));
    Files.writeString(bin.resolve("java"), "#!/bin/sh\necho java \"$@\"\n");
    Files.setPosixFilePermissions(
        bin.resolve("java"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void endProcesses() {
    processes.forEach(Process::destroyForcibly);
  }

  private Ended script(Map<String, String> environment, String... line) throws Exception {
    List<String> command = new ArrayList<>(List.of(line));
    command.set(0, "deploy/local/" + line[0]);
    return run(environment, command);
  }

  private Ended run(Map<String, String> environment, List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
    builder.environment().put("SLUICE_LOCAL", local.toString());
    builder.environment().put("SLUICE_REST_PORT", "1"); // where nobody answers
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
    return new Ended(process.exitValue(), output);
  }

  /** Starts a process that waits, with the mark by which the scripts know their own. */
  private Process running(String name) throws IOException {
    Process process =
        new ProcessBuilder(
                "sh", "-c", "read line", "x", "-Dlog.file=" + local + "/log/" + name + ".log")
            .start();
    processes.add(process);
    Files.writeString(local.resolve(name + ".pid"), Long.toString(process.pid()));
    return process;
  }

  private Path completed(String place, long seconds) throws IOException {
    Path metadata = Files.createDirectories(local.resolve(place)).resolve("_metadata");
    Files.writeString(metadata, "state");
    Files.setLastModifiedTime(metadata, FileTime.from(seconds, TimeUnit.SECONDS));
    return metadata.getParent();
  }

  @Test
  void theShellTakesThem() throws Exception {
    for (String name : List.of("start", "taskmanagers", "submit", "restore", "flink", "stop")) {
      Path script = Path.of("deploy/local", name);
      assertThat(Files.isExecutable(script)).as(name + " can be run").isTrue();
      assertThat(run(Map.of(), List.of("bash", "-n", script.toString())).output()).isEmpty();
    }
  }

  @Test
  void shellcheckHasNothingToSay() throws Exception {
    assumeTrue(
        run(Map.of(), List.of("sh", "-c", "command -v shellcheck")).code() == 0,
        "shellcheck is not installed");
    Ended ended =
        run(
            Map.of(),
            List.of(
                "sh",
                "-c",
                "cd deploy/local && shellcheck -x -P SCRIPTDIR common.sh start taskmanagers submit"
                    + " restore flink stop"));
    assertThat(ended.output()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "taskmanagers", "submit", "restore", "flink", "stop"})
  void eachSaysWhatItDoes(String name) throws Exception {
    Ended ended = script(Map.of(), name, "-h");
    assertThat(ended.code()).isZero();
    assertThat(ended.output()).startsWith("Usage: deploy/local/" + name).doesNotContain("# ");
    List<String> settings =
        Files.readString(Path.of("deploy/local/common.sh"))
            .lines()
            .filter(line -> line.matches("[a-z_]+=\\$\\{SLUICE_.*"))
            .map(line -> line.replaceAll(".*\\{(SLUICE_[A-Z_]+).*", "$1"))
            .toList();
    assertThat(settings).hasSizeGreaterThan(6);
    assertThat(ended.output()).contains(settings);
  }

  @ParameterizedTest
  @CsvSource({
    "SLUICE_KAFKA_PORT, nine, 'SLUICE_KAFKA_PORT is nine, expected a number from 1 to 65534'",
    "SLUICE_REST_PORT, 65536, 'SLUICE_REST_PORT is 65536, expected a number from 1 to 65535'",
    "SLUICE_TASK_MANAGERS, 0, 'SLUICE_TASK_MANAGERS is 0, expected a number from 1 to 99'",
    "JAVA_HOME, /nowhere, 'no Java: /nowhere/bin/java is not found, expected JDK 17 by JAVA_HOME or on the PATH'",
    "SLUICE_LOCAL, /a b, 'directory /a b: expected letters, digits and /._+- only, as Flink and Java take it'",
  })
  void aWrongSettingIsNamed(String name, String value, String message) throws Exception {
    assertThat(script(Map.of(name, value), "start")).isEqualTo(new Ended(1, message));
  }

  @ParameterizedTest
  @ValueSource(strings = {"taskmanagers", "submit", "restore", "flink list"})
  void withoutAJobManagerNothingIsTried(String line) throws Exception {
    Files.writeString(local.resolve("jobmanager.pid"), "1"); // a number that another has now
    assertThat(script(Map.of(), line.split(" ")))
        .isEqualTo(
            new Ended(1, "no JobManager is running in " + local + ", run: deploy/local/start"));
  }

  @Test
  void stopEndsItsOwnAndNothingElse() throws Exception {
    Process own = running("taskmanager-1");
    Process foreign = running("kafka");
    Files.move(local.resolve("kafka.pid"), local.resolve("jobmanager.pid")); // used again since
    assertThat(script(Map.of(), "stop")).isEqualTo(new Ended(0, ""));
    assertThat(own.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(foreign.isAlive()).isTrue();
    assertThat(local).isEmptyDirectory();
    assertThat(script(Map.of(), "stop")).as("again").isEqualTo(new Ended(0, ""));
  }

  @Test
  void aJobIsRestoredFromTheNewestThatIsComplete() throws Exception {
    running("jobmanager");
    completed("checkpoints/" + JOB + "/chk-9", 100);
    Path tenth = completed("checkpoints/" + JOB + "/chk-10", 200);
    Files.createDirectories(local.resolve("checkpoints/" + JOB + "/chk-11")); // not complete
    Path other = completed("checkpoints/" + OTHER + "/chk-1", 300);

    assertThat(script(Map.of("FLINK_RUN", "-p 3"), "restore", JOB, "--a.key", "a value").output())
        .startsWith("restored from " + tenth + "\n")
        .contains("CliFrontend run -d -s " + tenth + " -p 3 ")
        .endsWith("--a.key a value");
    assertThat(script(Map.of(), "restore").output())
        .as("without a job")
        .startsWith("restored from " + other + "\n");

    Path savepoint = completed("savepoints/savepoint-" + JOB.substring(0, 6) + "-aaaa", 400);
    completed("savepoints/savepoint-" + OTHER.substring(0, 6) + "-bbbb", 500);
    assertThat(script(Map.of(), "restore", JOB).output())
        .as("a savepoint that is newer than the checkpoints")
        .startsWith("restored from " + savepoint + "\n");
  }

  /** A job that was restored has a new id, and the name that it had. */
  @ParameterizedTest
  @CsvSource({
    "0123456789abcdef0123456789abcdef, sluice, RUNNING, is running: cancel it first",
    "fedcba9876543210fedcba9876543210, sluice, RUNNING, 'is running, perhaps 0123456789abcdef'",
    "fedcba9876543210fedcba9876543210, sluice, RESTARTING, 'is running, perhaps 0123456789abcdef'",
    "fedcba9876543210fedcba9876543210, sluice, CANCELED, ",
    "0123456789abcdef0123456789abcdef, sluice, FAILED, ",
    "fedcba9876543210fedcba9876543210, other, RUNNING, ",
  })
  void aJobThatStillRunsIsNotRestored(String id, String name, JobStatus status, String message)
      throws Exception {
    running("jobmanager");
    completed("checkpoints/" + JOB + "/chk-9", 100);
    HttpServer rest =
        answering(
            overview("ab".repeat(16), "ended", JobStatus.FINISHED), overview(id, name, status));
    try {
      Map<String, String> port =
          Map.of("SLUICE_REST_PORT", Integer.toString(rest.getAddress().getPort()));
      Ended ended = script(port, "restore", JOB);
      if (message == null) {
        assertThat(ended.output()).startsWith("restored from ");
      } else {
        assertThat(ended.output()).startsWith("job " + id + " " + message).hasLineCount(1);
        assertThat(ended.code()).isEqualTo(1);
      }
      assertThat(script(port, "restore").code())
          .as("without a job")
          .isEqualTo(status.isGloballyTerminalState() ? 0 : 1);
    } finally {
      rest.stop(0);
    }
  }

  private static JobDetails overview(String id, String name, JobStatus status) {
    int[] tasks = new int[ExecutionState.values().length];
    return new JobDetails(JobID.fromHexString(id), name, 1, -1, 2, status, 3, tasks, 4);
  }

  /** Returns what answers as the web interface of Flink does when it is asked for all jobs. */
  private static HttpServer answering(JobDetails... jobs) throws IOException {
    byte[] answer =
        RestMapperUtils.getStrictObjectMapper()
            .writeValueAsBytes(new MultipleJobsDetails(List.of(jobs)));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/jobs/overview",
        exchange -> {
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }

  @Test
  void whatCannotBeRestoredIsSaid() throws Exception {
    running("jobmanager");
    assertThat(script(Map.of(), "restore", JOB))
        .isEqualTo(
            new Ended(
                1,
                "no completed checkpoint of "
                    + JOB
                    + " in "
                    + local
                    + "/checkpoints, no savepoint"
                    + " in "
                    + local
                    + "/savepoints"));
    assertThat(script(Map.of(), "restore", "chk-7"))
        .isEqualTo(
            new Ended(1, "job is chk-7, expected 32 hexadecimal digits, as submit printed them"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.example.ProgramInvocationException: The main method caused an error: source.bounded is"
            + " treu, expected true or false",
        "org.example.OuterException: not this"
      })
  void whyAJobIsNotSubmittedStandsInOneLine(String outer) throws Exception {
    boolean said = outer.contains("main method");
    running("jobmanager");
    Files.writeString(
        directory.resolve("jdk/bin/java"),
        """
        #!/bin/sh
        echo ' The program finished with the following exception:'
        echo
        echo 'OUTER'
        printf '\\tat org.example.A.b(A.java:1)\\n'
        echo 'Caused by: org.example.InnerException: between'
        printf '\\tat org.example.A.b(A.java:1)\\n'
        echo 'Caused by: org.example.InnerException: INNER'
        printf '\\tat org.example.C.d(C.java:2)\\n\\t... 9 more\\n'
        exit 1
        """
            .replace("OUTER", outer)
            .replace(
                "INNER", said ? "a detail" : "source.bounded is treu, expected true or false"));
    Ended ended = script(Map.of(), "submit");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output())
        .startsWith(
            "not submitted: source.bounded is treu, expected true or false (the whole story: ")
        .hasLineCount(1);
    Path story = Path.of(ended.output().replaceAll(".*: (.*)\\)$", "$1"));
    assertThat(story).content().contains(outer);
  }
}
