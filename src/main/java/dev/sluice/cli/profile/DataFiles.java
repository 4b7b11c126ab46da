package dev.sluice.cli.profile;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the files that arguments name: as they are, by a pattern, or all of a directory. */
public final class DataFiles {
  /** So many files are read at most. */
  private static final int MAX_FILES = 100_000;

  private DataFiles() {}

  /**
   * Returns the files, those of a directory or pattern sorted by path. Of a directory only files
   * directly in it count, and none whose name begins with a dot or an underscore, which is how
   * writers mark what is no data. A pattern goes through links to directories. A file that several
   * paths of one directory or pattern lead to is named once, without a link where that can be.
   *
   * @param option names in a message where the arguments come from
   * @throws IllegalArgumentException if an argument names no file, two name the same, or a link
   *     that a pattern goes through leads back to where it is
   */
  public static List<Path> find(String option, List<String> arguments) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String argument : arguments) {
      Path path = Path.of(argument);
      if (Files.isDirectory(path)) {
        files.addAll(directory(option, path));
      } else if (Files.exists(path) || !FilePattern.isPattern(argument)) {
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
    return distinct(directory, files);
  }

  private static boolean isData(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".") && !name.startsWith("_");
  }

  private static List<Path> matching(String option, String argument) throws IOException {
    FilePattern pattern = FilePattern.of(argument);
    List<Path> files = distinct(pattern.root(), pattern.paths(option));
    if (files.isEmpty()) {
      throw new IllegalArgumentException(
          option + ": " + argument + " matches no file, expected some");
    }
    return files;
  }

  /**
   * Returns one path for each file, sorted: of several that which goes through no link below the
   * root, else the first.
   */
  private static List<Path> distinct(Path root, List<Path> paths) throws IOException {
    Map<Path, Path> files = new HashMap<>();
    for (Path path : paths.stream().sorted().toList()) {
      Path file = path.toRealPath();
      boolean direct = file.equals(root.toRealPath().resolve(root.relativize(path)));
      files.merge(file, path, (first, other) -> direct ? other : first);
    }
    return files.values().stream().sorted().toList();
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
