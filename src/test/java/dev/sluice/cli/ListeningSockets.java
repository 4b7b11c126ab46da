package dev.sluice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The TCP sockets on which this process listens beyond the loopback interface; Linux only. */
final class ListeningSockets {
  private static final String LISTEN = "0A";
  private static final String LOOPBACK_6 = "00000000000000000000000001000000";
  private static final String MAPPED_4 = "0000000000000000FFFF0000";

  private ListeningSockets() {}

  static boolean areKnown() {
    return Files.isReadable(Path.of("/proc/net/tcp"))
        && Files.isDirectory(Path.of("/proc/self/fd"));
  }

  /** Returns {@code address:port} in the hexadecimal notation of /proc. */
  static Set<String> beyondLoopback() throws IOException {
    Set<String> found = new HashSet<>();
    for (String[] socket : listening()) {
      String address = socket[0].substring(0, socket[0].indexOf(':'));
      if (!isLoopback(address)) {
        found.add(socket[0]);
      }
    }
    return found;
  }

  /** Returns how many sockets listen on the loopback interface. */
  static long onLoopback() throws IOException {
    return listening().size() - (long) beyondLoopback().size();
  }

  /** Returns local address and inode of this process's listening sockets. */
  private static List<String[]> listening() throws IOException {
    Set<String> own = new HashSet<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        try {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (target.startsWith("socket:[")) {
            own.add(target.substring("socket:[".length(), target.length() - 1));
          }
        } catch (IOException e) {
          // closed in the meantime
        }
      }
    }
    List<String[]> found = new ArrayList<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      if (Files.isReadable(Path.of(table))) {
        for (String line : Files.readAllLines(Path.of(table))) {
          String[] cells = line.strip().split("\\s+");
          if (cells.length > 9 && cells[3].equals(LISTEN) && own.contains(cells[9])) {
            found.add(new String[] {cells[1], cells[9]});
          }
        }
      }
    }
    return found;
  }

  /** Words are in the byte order of the machine, little endian. */
  private static boolean isLoopback(String address) {
    if (address.length() == 8) {
      return address.endsWith("7F");
    }
    return address.equals(LOOPBACK_6) || (address.startsWith(MAPPED_4) && address.endsWith("7F"));
  }
}
