package dev.sluice.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The ports of an embedded broker on the loopback interface.
 *
 * @param client that of its first listener
 * @param controller that of its controller
 * @param named those of further listeners
 */
record BrokerPorts(int client, int controller, Map<String, Integer> named) {
  /**
   * Below those that a system gives to outgoing connections: one of these could take a port after
   * it was found free, and a broker whose controller finds its port taken ends the whole process.
   */
  static final int LOWEST = 20_000;

  static final int BEHIND = 32_768;
  private static final int ATTEMPTS = 100;
  private static final Pattern NAMED = Pattern.compile("\\{port:(\\w+)}");

  BrokerPorts {
    named = Map.copyOf(named);
  }

  /** Finds a free port for each that the settings do not fix. */
  static BrokerPorts free(BrokerSettings settings) {
    Map<String, Integer> named = new TreeMap<>();
    for (String value : settings.properties().values()) {
      NAMED.matcher(value).results().forEach(found -> named.put(found.group(1), 0));
    }
    InetAddress loopback = InetAddress.getLoopbackAddress();
    List<ServerSocket> held = new ArrayList<>(); // all at once, lest one is found twice
    try {
      try {
        int client = settings.port() > 0 ? settings.port() : free(loopback, held);
        int controller = free(loopback, held);
        for (Map.Entry<String, Integer> port : named.entrySet()) {
          port.setValue(free(loopback, held));
        }
        return new BrokerPorts(client, controller, named);
      } finally {
        for (ServerSocket socket : held) {
          socket.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on " + loopback, e);
    }
  }

  private static int free(InetAddress address, List<ServerSocket> held) throws IOException {
    for (int attempt = 1; ; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, BEHIND);
      try {
        held.add(new ServerSocket(port, 1, address));
        return port;
      } catch (BindException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Returns the port of a further listener. */
  int of(String listener) {
    Integer port = named.get(listener);
    if (port == null) {
      throw new IllegalArgumentException(
          listener + " is no listener of this broker, expected one of " + named.keySet());
    }
    return port;
  }

  /** Puts the ports into a text in place of {@code {port}}, {@code {controller}} and so on. */
  String in(String text) {
    return NAMED
        .matcher(text)
        .replaceAll(found -> Integer.toString(of(found.group(1))))
        .replace("{port}", Integer.toString(client))
        .replace("{controller}", Integer.toString(controller));
  }
}
