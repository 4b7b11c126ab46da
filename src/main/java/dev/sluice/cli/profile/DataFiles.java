package dev.sluice.cli.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the files that arguments name: as they are, by a pattern, or all of a directory. */
public final class DataFiles {
  /** So many files are read at most. */
  private static final int MAX_FILES = 100_000;

  /** So deep a pattern with {@code **} looks into directories. */
  private static final int MAX_DEPTH = 32;

  private DataFiles() {}

  /**
   * Returns the files, those of a directory or pattern sorted by path. Of a directory only files
   * directly in it count, and none whose name begins with a dot or an underscore, which is how
   * writers mark what is no data. A pattern goes through links to directories.
   *
   * @param option names in a message where the arguments come from
   * @throws IllegalArgumentException if an argument names no file, two name the same, or links that
   *     a pattern goes through lead back to where they are
   */
  public static List<Path> find(String option, List<String> arguments) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String argument : arguments) {
      Path path = Path.of(argument);
      if (Files.isDirectory(path)) {
        files.addAll(directory(option, path));
      } else if (Files.exists(path) || !isPattern(argument)) {
        files.add(path); // whoever opens it says what is wrong with it
      } else {
        files.addAll(matching(option, argument));
      }
      if (files.size() > MAX_FILES) {
        throw new IllegalArgumentException(
            option + " names more files than expected, at most " + MAX_FILES);
      }
    }
    requireDistinct(option, files);
    return files;
  }

  private static List<Path> directory(String option, Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (Files.isRegularFile(entry) && isData(entry)) {
          files.add(entry);
        }
      }
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException(
          option + ": directory " + directory + " has no file, expected some");
    }
    files.sort(null);
    return files;
  }

  private static boolean isData(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".") && !name.startsWith("_");
  }

  private static boolean isPattern(String argument) {
    return argument.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  private static List<Path> matching(String option, String argument) throws IOException {
    String pattern =
        argument.replaceAll("/+", "/"); // paths have one slash where several are written
    Path root = Path.of("");
    for (Path walked = Path.of(pattern); walked != null; walked = walked.getParent()) {
      if (!isPattern(walked.toString())) {
        root = walked;
        break;
      }
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    List<Path> files =
        Files.isDirectory(root) ? below(option, root, depth(root, pattern), matcher) : List.of();
    if (files.isEmpty()) {
      throw new IllegalArgumentException(
          option + ": " + argument + " matches no file, expected some");
    }
    return files;
  }

  /** Returns how many names paths that match can have more than the root. */
  private static int depth(Path root, String pattern) {
    if (pattern.contains("**")) {
      return MAX_DEPTH;
    }
    int names = root.toString().isEmpty() ? 0 : root.getNameCount();
    return Path.of(pattern).getNameCount() - names;
  }

  private static List<Path> below(String option, Path root, int depth, PathMatcher matcher)
      throws IOException {
    try (Stream<Path> found = Files.walk(root, depth, FileVisitOption.FOLLOW_LINKS)) {
      return found
          .filter(matcher::matches)
          .filter(Files::isRegularFile)
          .sorted()
          .limit(MAX_FILES + 1L)
          .toList();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof FileSystemLoopException loop) {
        throw new IllegalArgumentException(
            "%s: %s is a link to a directory that it is in, expected none below %s"
                .formatted(option, loop.getFile(), root),
            e);
      }
      throw e;
    }
  }

  private static void requireDistinct(String option, List<Path> files) throws IOException {
    Map<Path, Path> known = new HashMap<>();
    for (Path file : files) {
      if (Files.exists(file)) {
        Path other = known.put(file.toRealPath(), file);
        if (other != null) {
          throw new IllegalArgumentException(
              option + " names a file twice: " + other + " and " + file + ", expected it once");
        }
      }
    }
  }
}
