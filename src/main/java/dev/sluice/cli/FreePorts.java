package dev.sluice.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports for servers that are about to start. All are held until this is closed, lest one is
 * found twice. Not thread-safe; whoever opens it closes it before the servers start.
 */
public final class FreePorts implements AutoCloseable {
  /** The lowest port that is looked at. */
  public static final int LOWEST = 20_000;

  /**
   * Behind the highest port that is looked at. From here on they are a system's for outgoing
   * connections: one of these could take a port after it was found free.
   */
  public static final int BEHIND = 32_768;

  private static final int ATTEMPTS = 100;

  private final InetAddress address;
  private final List<ServerSocket> held = new ArrayList<>();

  private FreePorts(InetAddress address) {
    this.address = address;
  }

  /** Looks at the loopback interface alone. */
  public static FreePorts onLoopback() {
    return new FreePorts(InetAddress.getLoopbackAddress());
  }

  /** Looks at all interfaces. */
  public static FreePorts everywhere() {
    return new FreePorts(new InetSocketAddress(0).getAddress());
  }

  /**
   * Returns a port that was free and is held now.
   *
   * @throws UncheckedIOException if none is found
   */
  public int next() {
    return next(1);
  }

  /**
   * Returns the first of so many ports in a row that were free and are held now.
   *
   * @param count 1 or more
   * @throws UncheckedIOException if none are found
   */
  public int next(int count) {
    for (int attempt = 1; ; attempt++) {
      int first = ThreadLocalRandom.current().nextInt(LOWEST, BEHIND - count + 1);
      List<ServerSocket> row = new ArrayList<>();
      try {
        for (int port = first; port < first + count; port++) {
          row.add(new ServerSocket(port, 1, address));
        }
        held.addAll(row);
        return first;
      } catch (IOException e) {
        close(row);
        if (attempt == ATTEMPTS || !(e instanceof BindException)) {
          throw new UncheckedIOException("no free port on " + address, e);
        }
      }
    }
  }

  private static void close(List<ServerSocket> sockets) {
    try {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives all ports back. */
  @Override
  public void close() {
    close(held);
  }
}
