package dev.sluice.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.cli.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A broker, a JobManager and TaskManagers in processes of their own, started, used and stopped by
 * the scripts of deploy/local, which a person uses. Processes can be killed and paused, by their
 * names: {@code kafka}, {@code jobmanager}, {@code taskmanager-1}. Whoever starts it closes it; it
 * closes itself when this JVM ends before that. Not for several threads.
 */
final class LocalCluster implements AutoCloseable {
  private static final Pattern JOB = Pattern.compile("JobID ([0-9a-f]{32})");
  private static final Duration PATIENCE = Duration.ofSeconds(300);

  private final Path directory;
  private final int taskManagers;
  private final NetworkLink link;
  private final Map<String, String> environment = new HashMap<>();
  private final String host;
  private final Ports ports = Ports.free();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Thread closing = new Thread(this::stop, "stop the local cluster");
  private boolean closed;

  /**
   * Where its servers listen; the broker's controller at the port behind the broker's. No outgoing
   * connection may take one while a process is down.
   */
  record Ports(int rest, int rpc, int kafka) {
    /** Finds free ones. */
    static Ports free() {
      try (FreePorts free = FreePorts.everywhere()) {
        return new Ports(free.next(), free.next(), free.next(2));
      }
    }
  }

  /** Something that comes to hold. */
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Something has not come to hold. */
  static final class NotInTime extends IllegalStateException {
    private static final long serialVersionUID = 1;

    NotInTime(String message) {
      super(message);
    }
  }

  private LocalCluster(Path directory, int taskManagers, NetworkLink link) {
    this.directory = directory.toAbsolutePath();
    this.taskManagers = taskManagers;
    this.link = link;
    this.host = link == null ? "127.0.0.1" : link.here();
    this.environment.putAll(
        Map.of(
            "SLUICE_LOCAL", this.directory.toString(),
            "SLUICE_HOST", host,
            "SLUICE_REST_PORT", Integer.toString(ports.rest()),
            "SLUICE_RPC_PORT", Integer.toString(ports.rpc()),
            "SLUICE_KAFKA_PORT", Integer.toString(ports.kafka()),
            "SLUICE_TASK_MANAGERS", Integer.toString(taskManagers)));
    Runtime.getRuntime().addShutdownHook(closing);
  }

  /**
   * Starts all processes on the loopback interface, each TaskManager with two slots.
   *
   * @param directory takes their files: logs, topics, checkpoints
   */
  static LocalCluster start(Path directory, int taskManagers) throws Exception {
    return start(directory, taskManagers, null);
  }

  /**
   * Starts all processes, the last TaskManager at the far end of a link.
   *
   * @param link stays the caller's; null for none
   */
  static LocalCluster start(Path directory, int taskManagers, NetworkLink link) throws Exception {
    LocalCluster cluster = new LocalCluster(directory, taskManagers, link);
    try {
      cluster.startWhatIsDown();
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  /**
   * Starts all processes on the loopback interface with more environment variables.
   *
   * @param more of the processes and of the scripts that start them
   */
  static LocalCluster startWith(Map<String, String> more, Path directory, int taskManagers)
      throws Exception {
    LocalCluster cluster = new LocalCluster(directory, taskManagers, null);
    cluster.environment.putAll(more);
    try {
      cluster.startWhatIsDown();
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  /** Returns the broker's address, as clients take it. */
  String bootstrapServers() {
    return host + ":" + ports.kafka();
  }

  /** Returns where the files of all processes lie. */
  Path directory() {
    return directory;
  }

  /** Returns the log of a process since it was started. */
  Path log(String name) {
    return directory.resolve("log").resolve(name + ".log");
  }

  /** Starts the processes that are not running, and waits until they answer. */
  void startWhatIsDown() throws Exception {
    if (link == null) {
      script(Map.of(), "start");
      return;
    }
    script(Map.of("SLUICE_TASK_MANAGERS", Integer.toString(taskManagers - 1)), "start");
    run(
        Map.of("SLUICE_TASK_MANAGER_HOST", link.there()),
        link.over(List.of(path("taskmanagers").toString())));
  }

  /**
   * Submits the job by Flink's command line.
   *
   * @param flinkOptions options of {@code flink run}, such as {@code -p 2}
   * @return the job's id
   */
  String submit(String flinkOptions, List<String> arguments) throws Exception {
    return submitted("submit", flinkOptions, arguments);
  }

  /**
   * Submits a job again from its newest completed checkpoint.
   *
   * @return the new job's id
   */
  String restore(String job, String flinkOptions, List<String> arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(job));
    all.addAll(arguments);
    return submitted("restore", flinkOptions, all);
  }

  private String submitted(String script, String flinkOptions, List<String> arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(script));
    command.addAll(arguments);
    String output = script(Map.of("FLINK_RUN", flinkOptions), command.toArray(String[]::new));
    Matcher matcher = JOB.matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException("no job id in: " + output);
    }
    return matcher.group(1);
  }

  /**
   * Runs a script of deploy/local.
   *
   * @param more environment variables beside those that name this cluster
   * @return what it printed
   * @throws IllegalStateException if it fails, with what it printed
   */
  String script(Map<String, String> more, String... command) throws IOException {
    List<String> line = new ArrayList<>(Arrays.asList(command));
    line.set(0, path(command[0]).toString());
    return run(more, line);
  }

  private static Path path(String script) {
    return Path.of("deploy/local").resolve(script).toAbsolutePath();
  }

  private String run(Map<String, String> more, List<String> line) throws IOException {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(more);
    all.put("JAVA_HOME", System.getProperty("java.home"));
    Command.Result result = Command.run(all, PATIENCE, line);
    if (!result.succeeded()) {
      throw new IllegalStateException(String.join(" ", line) + " failed: " + result.output());
    }
    return result.output();
  }

  /** Returns the number of a process that was started here. */
  long pid(String name) throws IOException {
    return Long.parseLong(Files.readString(directory.resolve(name + ".pid")).trim());
  }

  /** Kills a process at once, as {@code kill -9} does, and waits until it is gone. */
  void kill(String name) throws Exception {
    long pid = pid(name);
    signal("-KILL", name);
    await(name + " to be gone", () -> isGone(pid));
  }

  /** One that nobody has asked about yet, a zombie, has no command line. */
  private static boolean isGone(long pid) {
    try {
      return Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline")).length == 0;
    } catch (IOException e) {
      return true;
    }
  }

  /** Stops a process from running until {@link #resume}. */
  void pause(String name) throws Exception {
    signal("-STOP", name);
  }

  /** Lets a paused process go on. */
  void resume(String name) throws Exception {
    signal("-CONT", name);
  }

  private void signal(String signal, String name) throws Exception {
    long pid = pid(name);
    if (isGone(pid)) {
      throw new IllegalStateException(name + " has ended, see " + log(name));
    }
    Command.require(List.of("kill", signal, Long.toString(pid)));
  }

  /** Returns the answer of Flink's web interface: {@code rest("/jobs")}. */
  JsonNode rest(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + host + ":" + ports.rest() + path))
            .timeout(Duration.ofSeconds(30))
            .build();
    HttpResponse<String> response =
        http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    return new ObjectMapper().readTree(response.body());
  }

  /** Asks Flink's web interface to cancel a job. */
  void cancel(String job) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + host + ":" + ports.rest() + "/jobs/" + job))
            .method("PATCH", HttpRequest.BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(30))
            .build();
    http.send(request, HttpResponse.BodyHandlers.discarding());
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

  /**
   * Waits for something that the cluster does by itself, up to five minutes. A server that does not
   * answer is asked again.
   */
  static void await(String what, Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!holds(condition)) {
      if (System.nanoTime() > deadline) {
        throw new NotInTime("not within " + PATIENCE.toSeconds() + " s: " + what);
      }
      Thread.sleep(100);
    }
  }

  private static boolean holds(Condition condition) throws Exception {
    try {
      return condition.holds();
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns the process of a TaskManager that runs a task of the job: its log names its id. */
  String taskManagerOf(String job) throws Exception {
    String vertex = rest("/jobs/" + job).path("vertices").path(0).path("id").asText();
    String id =
        rest("/jobs/" + job + "/vertices/" + vertex)
            .path("subtasks")
            .path(0)
            .path("taskmanager-id")
            .asText();
    for (int i = 1; i <= taskManagers; i++) {
      if (Files.readString(log("taskmanager-" + i)).contains(id)) {
        return "taskmanager-" + i;
      }
    }
    throw new IllegalStateException("no TaskManager's log names " + id);
  }

  /** Returns the newest completed checkpoint of a job, by its metadata file. */
  Optional<Path> newestCheckpoint(String job) throws IOException {
    Path checkpoints = directory.resolve("checkpoints").resolve(job);
    if (!Files.isDirectory(checkpoints)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(checkpoints)) {
      return all.filter(checkpoint -> Files.exists(checkpoint.resolve("_metadata")))
          .max(
              Comparator.comparingInt(
                  path -> Integer.parseInt(path.getFileName().toString().substring(4))));
    }
  }

  /** Stops all processes; their files stay. Does nothing the second time. */
  @Override
  public void close() {
    if (!closed) {
      Runtime.getRuntime().removeShutdownHook(closing);
      stop();
    }
  }

  private void stop() {
    closed = true;
    try {
      script(Map.of(), "stop");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
