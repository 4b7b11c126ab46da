package dev.sluice.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A broker, a JobManager and TaskManagers in processes of their own, started, used and stopped by
 * the scripts that a person uses. Processes can be killed and paused.
 */
final class LocalCluster implements AutoCloseable {
  private static final Pattern JOB = Pattern.compile("JobID ([0-9a-f]{32})");
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private final Path directory;
  private final Map<String, String> environment;
  private final String restPort;
  private final String kafkaPort;
  private final HttpClient http = HttpClient.newHttpClient();

  private LocalCluster(Path directory, int taskManagers, List<Integer> ports) {
    this.directory = directory;
    this.restPort = ports.get(0).toString();
    this.kafkaPort = ports.get(2).toString();
    this.environment =
        Map.of(
            "SLUICE_LOCAL", directory.toString(),
            "SLUICE_REST_PORT", restPort,
            "SLUICE_RPC_PORT", ports.get(1).toString(),
            "SLUICE_KAFKA_PORT", kafkaPort,
            "SLUICE_TASK_MANAGERS", Integer.toString(taskManagers));
  }

  /** Starts all processes, each TaskManager with two slots. */
  static LocalCluster start(Path directory, int taskManagers) throws Exception {
    LocalCluster cluster = new LocalCluster(directory, taskManagers, freePorts());
    try {
      cluster.startWhatIsDown();
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  /** Returns free ports, the last with a free one after it: the broker's controller takes that. */
  private static List<Integer> freePorts() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket rest = new ServerSocket(0, 1, loopback);
        ServerSocket rpc = new ServerSocket(0, 1, loopback);
        ServerSocket kafka = new ServerSocket(0, 1, loopback)) {
      return List.of(rest.getLocalPort(), rpc.getLocalPort(), kafka.getLocalPort());
    }
  }

  String bootstrapServers() {
    return "127.0.0.1:" + kafkaPort;
  }

  /** Starts the processes that are not running, and waits until they answer. */
  void startWhatIsDown() throws Exception {
    script(Map.of(), "start");
  }

  /**
   * Submits the job by Flink's command line.
   *
   * @param flinkOptions options of {@code flink run}, such as {@code -p 2}
   * @return the job's id
   */
  String submit(String flinkOptions, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("submit"));
    command.addAll(arguments);
    String output = script(Map.of("FLINK_RUN", flinkOptions), command.toArray(String[]::new));
    Matcher matcher = JOB.matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException("no job id in: " + output);
    }
    return matcher.group(1);
  }

  /** Runs a script of deploy/local; returns what it printed. */
  String script(Map<String, String> more, String... command)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(command));
    line.set(0, Path.of("deploy/local").resolve(command[0]).toAbsolutePath().toString());
    Path output = Files.createTempFile("sluice-local-", ".out");
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(environment);
    builder.environment().putAll(more);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // A file, not a pipe: the processes that it leaves behind would keep a pipe open.
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    Process process = builder.start();
    boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    process.destroyForcibly();
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    Files.delete(output);
    if (!ended || process.exitValue() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed: " + printed);
    }
    return printed;
  }

  private ProcessHandle process(String name) throws IOException {
    long pid = Long.parseLong(Files.readString(directory.resolve(name + ".pid")).trim());
    return ProcessHandle.of(pid).orElseThrow(() -> new IllegalStateException(name + " has ended"));
  }

  /** Kills a process at once, as {@code kill -9} does: {@code kafka}, {@code taskmanager-1}. */
  void kill(String name) throws Exception {
    ProcessHandle process = process(name);
    process.destroyForcibly();
    process.onExit().get(30, TimeUnit.SECONDS);
  }

  /** Stops a process from running until {@link #resume}. */
  void pause(String name) throws Exception {
    signal("-STOP", name);
  }

  void resume(String name) throws Exception {
    signal("-CONT", name);
  }

  private void signal(String signal, String name) throws Exception {
    long pid = process(name).pid();
    new ProcessBuilder("kill", signal, Long.toString(pid)).inheritIO().start().waitFor();
  }

  /** Returns the answer of Flink's web interface. */
  JsonNode rest(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + restPort + path))
            .timeout(Duration.ofSeconds(30))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    return new ObjectMapper().readTree(response.body());
  }

  /** Returns the state of a job: RUNNING, FINISHED. */
  String state(String job) throws Exception {
    return rest("/jobs/" + job).path("state").asText();
  }

  /** Waits until a job has ended; fails unless it has finished. */
  void awaitFinished(String job) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String state = state(job);
    while (!state.equals("FINISHED")) {
      if (List.of("FAILED", "CANCELED").contains(state) || System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "job is " + state + ": " + rest("/jobs/" + job + "/exceptions"));
      }
      Thread.sleep(200);
      state = state(job);
    }
  }

  /** Waits for something that the cluster does by itself. */
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(what + " did not happen within " + PATIENCE);
      }
      Thread.sleep(100);
    }
  }

  /** Returns the newest completed checkpoint of a job, by its metadata file. */
  Optional<Path> newestCheckpoint(String job) throws IOException {
    Path checkpoints = directory.resolve("checkpoints").resolve(job);
    try (Stream<Path> all = Files.list(checkpoints)) {
      return all.filter(checkpoint -> Files.exists(checkpoint.resolve("_metadata")))
          .max(
              Comparator.comparingInt(
                  path -> Integer.parseInt(path.getFileName().toString().substring(4))));
    }
  }

  @Override
  public void close() {
    try {
      script(Map.of(), "stop");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the cluster was stopped", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
