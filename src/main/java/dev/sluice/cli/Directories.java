package dev.sluice.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Temporary directories of the embedded servers. What is not deleted until then is deleted when the
 * process exits, also on an interrupt, after the servers that write there have been closed.
 */
final class Directories {
  private static final long CLOSE_MILLIS = 20_000;
  private static final int ATTEMPTS = 20;
  private static final long PAUSE_MILLIS = 100;

  private static final Set<Path> TEMPORARY = new LinkedHashSet<>();
  private static final Deque<AutoCloseable> SERVERS = new ArrayDeque<>();
  private static boolean hooked;
  private static volatile boolean exiting;

  private Directories() {}

  /** Makes a directory that only this user can read; it does not outlive the process. */
  static Path temporary(String prefix) {
    try {
      Path directory = Files.createTempDirectory(prefix);
      synchronized (TEMPORARY) {
        TEMPORARY.add(directory);
        hook();
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary directory " + prefix, e);
    }
  }

  /**
   * Has a server closed when the process exits, the last one first, before directories are deleted.
   *
   * @param server its close may be called a second time
   */
  static void closeAtExit(AutoCloseable server) {
    synchronized (TEMPORARY) {
      SERVERS.push(server);
      hook();
    }
  }

  /** Takes back {@link #closeAtExit}, for a server that has been closed. */
  static void closed(AutoCloseable server) {
    synchronized (TEMPORARY) {
      SERVERS.remove(server);
    }
  }

  /** Returns whether the process is on its way out: what fails then fails for that reason. */
  static boolean exiting() {
    return exiting;
  }

  private static void hook() {
    if (!hooked) {
      hooked = true;
      Runtime.getRuntime().addShutdownHook(new Thread(Directories::exit, "delete-directories"));
    }
  }

  private static void exit() {
    exiting = true;
    closeServers();
    List<Path> left;
    synchronized (TEMPORARY) {
      left = new ArrayList<>(TEMPORARY);
    }
    for (Path directory : left) {
      try {
        deletePatiently(directory);
      } catch (UncheckedIOException e) {
        System.err.println(e.getMessage() + ": " + e.getCause().getMessage());
      }
    }
  }

  /** Closes what is registered, in a thread that is not waited for without end. */
  private static void closeServers() {
    List<AutoCloseable> open;
    synchronized (TEMPORARY) {
      open = new ArrayList<>(SERVERS);
    }
    Thread closing =
        new Thread(
            () -> {
              for (AutoCloseable server : open) {
                try {
                  server.close();
                } catch (Exception e) {
                  System.err.println("cannot close " + server + ": " + e.getMessage());
                }
              }
            },
            "close-servers");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Deletes a directory to which a server that did not close may still be writing. */
  private static void deletePatiently(Path directory) {
    for (int attempt = 1; ; attempt++) {
      try {
        delete(directory);
        return;
      } catch (UncheckedIOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Deletes a directory and what is in it, unless it is gone; links are deleted, not followed. */
  static void delete(Path directory) {
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (e instanceof NoSuchFileException) { // a server's last thread was faster
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException e)
                throws IOException {
              Files.deleteIfExists(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + directory, e);
    }
    synchronized (TEMPORARY) {
      TEMPORARY.remove(directory);
    }
  }
}
