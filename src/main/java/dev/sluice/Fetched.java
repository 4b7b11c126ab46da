package dev.sluice;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.util.FileUtils;

/**
 * A file or directory that options name, where this process can read it: a local one in place, any
 * other as a copy that is deleted on closing. Takes what Flink's file systems take.
 */
final class Fetched implements AutoCloseable {
  static final int MAX_FILES = 10_000;
  private static final long MAX_BYTES = 64L << 30;

  private final Path path;
  private final org.apache.flink.core.fs.Path source;
  private final Copy copy;

  /**
   * @param copy what made the copy, null where the file is read in place
   */
  private Fetched(Path path, org.apache.flink.core.fs.Path source, Copy copy) {
    this.path = path;
    this.source = source;
    this.copy = copy;
  }

  /** Copies files of one directory into a new one, which is the caller's to delete. */
  static Path gather(Path from, List<Path> files) {
    Path directory = temporary();
    try {
      for (Path file : files) {
        Path target = directory.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
      return directory;
    } catch (IOException e) {
      delete(directory);
      throw new IllegalArgumentException("cannot copy " + files + ": " + e, e);
    }
  }

  /**
   * Finds a file or directory; copies it if it is not local.
   *
   * @param option names in a message who wants it
   * @param location a path, or a URI whose scheme Flink knows
   * @throws IllegalArgumentException if it is neither, or cannot be copied, or is beyond all bounds
   */
  static Fetched of(String option, String location) {
    if (isLocal(location)) {
      return new Fetched(localPath(option, location), null, null);
    }
    org.apache.flink.core.fs.Path source;
    FileSystem files;
    try {
      source = new org.apache.flink.core.fs.Path(location);
      files = source.getFileSystem();
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          option + " is " + location + ", expected a path or a URI that Flink can read: " + e, e);
    }
    Path directory = temporary();
    try {
      String name = safeName(source);
      Copy copy = new Copy(files);
      copy.copy(source, directory.resolve(name));
      return new Fetched(directory.resolve(name), source, copy);
    } catch (IOException e) {
      delete(directory);
      throw new IllegalArgumentException(option + ": cannot read " + location + ": " + e, e);
    } catch (RuntimeException e) {
      delete(directory);
      throw e;
    }
  }

  /** Returns whether a location is a path or {@code file:} URI. */
  static boolean isLocal(String location) {
    return !location.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*") || location.startsWith("file:");
  }

  private static Path localPath(String option, String location) {
    try {
      return location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          option + " is " + location + ", expected a path or an absolute file: URI", e);
    }
  }

  /** What is made of a file or directory. */
  interface Content<T> {
    /** Reads it. */
    T read(Path path) throws IOException;
  }

  /**
   * Reads a file or directory, copying it if it is not local; what is wrong with the copy is said
   * of what was copied.
   *
   * @param option names in a message who wants it
   * @param location a path, or a URI whose scheme Flink knows
   * @throws IllegalArgumentException as of {@link #of}, as of the content, or if that cannot be
   *     read
   */
  static <T> T read(String option, String location, Content<T> content) {
    try (Fetched file = of(option, location)) {
      try {
        return content.read(file.path());
      } catch (IOException e) {
        String message = option + ": cannot read " + location + ": " + file.named(e.toString());
        throw new IllegalArgumentException(message, e);
      } catch (IllegalArgumentException e) {
        if (file.copy == null) {
          throw e;
        }
        throw new IllegalArgumentException(file.named(String.valueOf(e.getMessage())), e);
      }
    }
  }

  /** Returns the file or directory. */
  Path path() {
    return path;
  }

  /**
   * Copies files beside this one as well, if this one is a copy; those that are not there are left
   * out.
   *
   * @param named gives their relative paths, with slashes, inside the directory; takes this file,
   *     and is asked only if it is a copy
   */
  void fetchBeside(Function<Path, List<String>> named) {
    for (String name : copy == null ? List.<String>of() : named.apply(path)) {
      org.apache.flink.core.fs.Path beside =
          new org.apache.flink.core.fs.Path(source.getParent(), name);
      Path target = path.resolveSibling(name);
      try {
        if (copy.files.exists(beside)) {
          Files.createDirectories(target.getParent());
          copy.copy(beside, target);
        }
      } catch (IOException e) {
        throw new IllegalArgumentException("cannot read " + beside + ": " + e, e);
      }
    }
  }

  /** Returns a message about the copy as one about what was copied. */
  String named(String message) {
    return copy == null
        ? message
        : message
            .replace(path.toString(), source.toString())
            .replace(path.getParent().toString(), source.getParent().toString());
  }

  /** Counts what one copy takes. */
  private static final class Copy {
    private final FileSystem files;
    private int count;
    private long bytes;

    Copy(FileSystem files) {
      this.files = files;
    }

    void copy(org.apache.flink.core.fs.Path source, Path target) throws IOException {
      FileStatus status = files.getFileStatus(source);
      bytes += status.isDir() ? 0 : status.getLen();
      if (++count > MAX_FILES || bytes > MAX_BYTES) {
        throw new IOException(
            "it has more than " + MAX_FILES + " files or " + MAX_BYTES + " bytes");
      }
      if (!status.isDir()) {
        try (InputStream in = files.open(source);
            OutputStream out = Files.newOutputStream(target)) {
          in.transferTo(out);
        }
        return;
      }
      Files.createDirectories(target);
      FileStatus[] children = files.listStatus(source);
      for (FileStatus child : children == null ? new FileStatus[0] : children) {
        copy(child.getPath(), target.resolve(safeName(child.getPath())));
      }
    }
  }

  /** Returns a file's name, which an object store may have made of anything. */
  private static String safeName(org.apache.flink.core.fs.Path path) {
    String name = path.getName();
    if (List.of("", ".", "..").contains(name) || name.contains("/") || name.contains("\\")) {
      throw new IllegalArgumentException(path + " has no file name");
    }
    return name;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("sluice-fetched-");
    } catch (IOException e) {
      throw new IllegalStateException("cannot make a temporary directory: " + e, e);
    }
  }

  static void delete(Path directory) {
    try {
      FileUtils.deleteDirectory(directory.toFile());
    } catch (IOException e) {
      throw new IllegalStateException("cannot delete " + directory + ": " + e, e);
    }
  }

  /** Deletes the copy, if there is one. */
  @Override
  public void close() {
    if (copy != null && Files.exists(path.getParent())) {
      delete(path.getParent());
    }
  }
}
