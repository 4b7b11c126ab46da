package dev.sluice.cli.profile;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** The files that a glob pattern names, also through links to directories. */
final class FilePattern {
  /** So deep a pattern with {@code **} looks into directories. */
  private static final int MAX_DEPTH = 32;

  private final Path root;
  private final int depth;
  private final PathMatcher whole;

  /** Of the names below the root, one after the other; of names behind these any may match. */
  private final List<PathMatcher> names;

  private FilePattern(Path root, int depth, PathMatcher whole, List<PathMatcher> names) {
    this.root = root;
    this.depth = depth;
    this.whole = whole;
    this.names = names;
  }

  /** Returns whether a text is a pattern, and no path alone. */
  static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  /**
   * @throws IllegalArgumentException if the pattern is malformed
   */
  static FilePattern of(String text) {
    String pattern = text.replaceAll("/+", "/"); // paths have one slash where several are written
    PathMatcher whole = matcher(pattern);
    Path path = Path.of(pattern);
    Path root = path;
    while (root != null && isPattern(root.toString())) {
      root = root.getParent();
    }
    root = root == null ? Path.of("") : root;
    int depth = pattern.contains("**") ? MAX_DEPTH : count(path) - count(root);
    return new FilePattern(root, depth, whole, names(path, count(root)));
  }

  private static List<PathMatcher> names(Path pattern, int from) {
    List<PathMatcher> names = new ArrayList<>();
    for (int i = from; i < pattern.getNameCount(); i++) {
      String name = pattern.getName(i).toString();
      if (name.contains("**")) {
        break;
      }
      try {
        names.add(matcher(name));
      } catch (PatternSyntaxException e) { // a group that goes on behind a slash
        break;
      }
    }
    return names;
  }

  private static PathMatcher matcher(String pattern) {
    return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
  }

  private static int count(Path path) {
    return path.toString().isEmpty() ? 0 : path.getNameCount();
  }

  /** Returns the directory below which files are looked for. */
  Path root() {
    return root;
  }

  /**
   * Returns the paths of files that match, in no order; a file that several paths lead to has each
   * of them.
   *
   * @param option names in a message where the pattern comes from
   * @throws IllegalArgumentException if a link that the pattern goes through leads back to where it
   *     is
   * @throws IOException if a directory that the pattern goes through cannot be read
   */
  List<Path> paths(String option) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(root)) {
      Files.walkFileTree(
          root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, new Visitor(option, found));
    }
    return found;
  }

  /** Whether the pattern goes through a path whose parent it goes through. */
  private boolean goesThrough(Path path) {
    int below = count(path) - count(root);
    return below == 0 || below > names.size() || names.get(below - 1).matches(path.getFileName());
  }

  /** Looks into directories that the pattern goes through, and fails for these alone. */
  private final class Visitor extends SimpleFileVisitor<Path> {
    private final String option;
    private final List<Path> found;

    Visitor(String option, List<Path> found) {
      this.option = option;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return goesThrough(directory) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && whole.matches(file)) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
      if (!goesThrough(path)) {
        return FileVisitResult.CONTINUE;
      }
      if (e instanceof FileSystemLoopException) {
        throw new IllegalArgumentException(
            "%s: %s is a link to a directory that it is in, expected none below %s"
                .formatted(option, path, root),
            e);
      }
      throw e;
    }
  }
}
