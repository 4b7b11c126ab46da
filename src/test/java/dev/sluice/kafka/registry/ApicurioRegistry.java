package dev.sluice.kafka.registry;

import dev.sluice.cli.FreePorts;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A real registry, Apicurio, as a process of its own: its schemas are in memory and go with the
 * process. It needs Java 21 or later, and its archive from Maven Central; {@link #missing} says
 * which of them is not here.
 */
public final class ApicurioRegistry implements AutoCloseable {
  private static final String VERSION = "3.3.3";
  private static final int JAVA = 21;

  private final Path directory;
  private final int port;
  private final int managementPort;
  private Process process;

  private ApicurioRegistry(Path directory) {
    this.directory = directory;
    try (FreePorts free = FreePorts.onLoopback()) {
      this.port = free.next();
      this.managementPort = free.next();
    }
  }

  /** Returns why it cannot be started here; empty if it can. */
  public static Optional<String> missing() {
    if (java().isEmpty()) {
      return Optional.of(
          "no Java " + JAVA + " or later: set -Dregistry.java=PATH/bin/java, or install one");
    }
    if (!Files.isReadable(archive())) {
      return Optional.of(
          "no " + archive() + ": run mvn verify once with -Dregistry.java=" + java().get());
    }
    return Optional.empty();
  }

  /**
   * Unpacks and starts it on a free port.
   *
   * @param directory where to unpack it
   */
  public static ApicurioRegistry start(Path directory) throws IOException {
    unpack(archive(), directory);
    ApicurioRegistry registry = new ApicurioRegistry(directory);
    registry.restart();
    return registry;
  }

  /** Starts it again on the port that it had, and waits until it answers. */
  public void restart() throws IOException {
    process =
        new ProcessBuilder(
                java().orElseThrow().toString(),
                "-Xmx512m",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.port=" + managementPort,
                "-jar",
                directory.resolve("quarkus-run.jar").toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException(
            "Apicurio does not start: " + Files.readString(directory.resolve("log")));
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new IOException("interrupted", e);
      }
    }
  }

  /** Kills it without a warning. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Returns the root of Confluent's API. */
  public String url() {
    return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
  }

  /** Sends JSON to a path below the root of the API, as an administrator does. */
  public void put(String path, String json) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(url() + path).toURL().openConnection();
    connection.setRequestMethod("PUT");
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/vnd.schemaregistry.v1+json");
    connection.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
    if (connection.getResponseCode() != 200) {
      throw new IOException(path + " answers " + connection.getResponseCode());
    }
  }

  private boolean answers() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(url() + "/schemas/types").toURL().openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(5_000);
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    kill();
  }

  /** Returns the program of the first Java that is new enough; the one that is named, if any. */
  private static Optional<Path> java() {
    String named = System.getProperty("registry.java", "");
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    Path running = Path.of(System.getProperty("java.home"));
    Path installed = Path.of("/usr/lib/jvm");
    try (Stream<Path> all = Files.isDirectory(installed) ? Files.list(installed) : Stream.of()) {
      return Stream.concat(Stream.of(running), all.sorted())
          .filter(ApicurioRegistry::isNewEnough)
          .map(home -> home.resolve("bin").resolve("java"))
          .filter(Files::isExecutable)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isNewEnough(Path home) {
    Properties release = new Properties();
    try (var reader = Files.newBufferedReader(home.resolve("release"))) {
      release.load(reader);
    } catch (IOException e) {
      return false;
    }
    String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
    return version.matches("[0-9].*") && Integer.parseInt(version.split("[^0-9]")[0]) >= JAVA;
  }

  private static Path archive() {
    String repository =
        System.getProperty("maven.repository", System.getProperty("user.home") + "/.m2/repository");
    return Path.of(repository, "io", "apicurio", "apicurio-registry-app", VERSION)
        .resolve("apicurio-registry-app-" + VERSION + "-all.tar.gz");
  }

  /** Unpacks the plain files of a tar: names of up to 100 characters, or GNU's long ones. */
  private static void unpack(Path archive, Path directory) throws IOException {
    try (InputStream in =
        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive), 1 << 16))) {
      String longName = null;
      for (byte[] header; (header = in.readNBytes(512)).length == 512 && header[0] != 0; ) {
        long size = Long.parseLong(text(header, 124, 12), 8);
        String prefix = text(header, 345, 155);
        String name = (prefix.isEmpty() ? "" : prefix + "/") + text(header, 0, 100);
        char type = (char) header[156];
        if (type == 'L') {
          longName = text(in.readNBytes((int) size), 0, (int) size);
        } else {
          Path file = directory.resolve(longName == null ? name : longName).normalize();
          longName = null;
          if (type == '0' && file.startsWith(directory)) {
            Files.createDirectories(file.getParent());
            try (var out = Files.newOutputStream(file)) {
              for (long left = size; left > 0; ) {
                byte[] part = in.readNBytes((int) Math.min(left, 1 << 16));
                if (part.length == 0) {
                  throw new EOFException(archive + " ends early");
                }
                out.write(part);
                left -= part.length;
              }
            }
          } else {
            in.skipNBytes(size);
          }
        }
        in.skipNBytes((512 - size % 512) % 512);
      }
    }
  }

  private static String text(byte[] header, int from, int length) {
    String text = new String(header, from, length, StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    return (end < 0 ? text : text.substring(0, end)).strip();
  }
}
