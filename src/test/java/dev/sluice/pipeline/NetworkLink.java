package dev.sluice.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A network namespace of Linux, joined to this machine's own by a pair of virtual interfaces that
 * can be cut. Takes the rights of root.
 */
final class NetworkLink implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String name = "sluice" + ProcessHandle.current().pid();
  private final String prefix;

  private NetworkLink() {
    // Addresses set aside for tests of devices (RFC 2544); four for each process that asks.
    long pid = ProcessHandle.current().pid();
    prefix = "198.18." + (pid / 64 % 256) + "." + (pid % 64 * 4);
  }

  /**
   * Makes the namespace and the link.
   *
   * @throws IOException if this is not allowed here, with what was refused
   */
  static NetworkLink create() throws IOException {
    NetworkLink link = new NetworkLink();
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(link::remove, "remove the network link"));
      ip("netns", "add", link.name);
      ip(
          "link",
          "add",
          link.near(),
          "type",
          "veth",
          "peer",
          "name",
          link.far(),
          "netns",
          link.name);
      ip("address", "add", link.here() + "/30", "dev", link.near());
      ip("link", "set", link.near(), "up");
      ip("-n", link.name, "address", "add", link.there() + "/30", "dev", link.far());
      ip("-n", link.name, "link", "set", link.far(), "up");
      ip("-n", link.name, "link", "set", "lo", "up");
    } catch (IOException e) {
      link.close();
      throw e;
    }
    return link;
  }

  private static void ip(String... words) throws IOException {
    List<String> line = new ArrayList<>(List.of("ip"));
    line.addAll(List.of(words));
    Command.require(line);
  }

  private String near() {
    return name + "a";
  }

  private String far() {
    return name + "b";
  }

  /** Returns the address of the near end, where this JVM is, too. */
  String here() {
    return withLast(1);
  }

  /** Returns the address of the far end. */
  String there() {
    return withLast(2);
  }

  private String withLast(int host) {
    int dot = prefix.lastIndexOf('.');
    return prefix.substring(0, dot + 1) + (Integer.parseInt(prefix.substring(dot + 1)) + host);
  }

  /** Returns the line that runs a command at the far end: with its network, all else as here. */
  List<String> over(List<String> command) {
    List<String> line = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + name));
    line.addAll(command);
    return line;
  }

  /** Cuts the link: what is sent is lost, and nobody is told. */
  void cut() throws IOException {
    ip("-n", name, "link", "set", far(), "down");
  }

  /** Joins the link again. */
  void join() throws IOException {
    ip("-n", name, "link", "set", far(), "up");
  }

  /** Removes the namespace, and with it the link; does nothing where there is none. */
  @Override
  public void close() {
    remove();
  }

  /** Also at the end of a JVM that was interrupted: nobody else would. */
  private void remove() {
    try {
      Command.run(Map.of(), PATIENCE, List.of("ip", "netns", "del", name));
      // Gone with the namespace, but only once the last process in it has ended.
      Command.run(Map.of(), PATIENCE, List.of("ip", "link", "del", near()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
