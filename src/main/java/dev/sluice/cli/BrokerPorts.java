package dev.sluice.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The ports of an embedded broker on the loopback interface. A broker whose controller finds its
 * port taken ends the whole process.
 *
 * @param client that of its first listener
 * @param controller that of its controller
 * @param named those of further listeners
 */
record BrokerPorts(int client, int controller, Map<String, Integer> named) {
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
    try (FreePorts free = FreePorts.onLoopback()) {
      int client = settings.port() > 0 ? settings.port() : free.next();
      int controller = other(free, client);
      for (Map.Entry<String, Integer> port : named.entrySet()) {
        port.setValue(other(free, client));
      }
      return new BrokerPorts(client, controller, named);
    }
  }

  /** A fixed port may be free, and is not held. */
  private static int other(FreePorts free, int fixed) {
    int port = free.next();
    return port == fixed ? free.next() : port;
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
