package dev.sluice.model;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Walks the directory of a model package, follows no link, and finds what must not be in one: a
 * link that leaves it, something that is neither file nor directory, too much of anything.
 */
final class PackageDirectory extends SimpleFileVisitor<Path> {
  /** The most files and directories of a package. */
  static final int MAX_ENTRIES = 10_000;

  private static final int MAX_DEPTH = 32;
  private static final int SHOWN_PROBLEMS = 20;

  private final Path directory;
  private final Path root;
  private final List<Path> files = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private int entries;

  private PackageDirectory(Path directory) throws IOException {
    this.directory = directory;
    this.root = directory.toRealPath();
  }

  /**
   * Checks a package's directory.
   *
   * @throws ModelPackageException if it is unsafe, too large or cannot be read; names all that is
   */
  static void check(Path directory) {
    files(directory);
  }

  /**
   * Returns its regular files, also those that a link inside the directory leads to, sorted; below
   * the directory's real path.
   *
   * @throws ModelPackageException as {@link #check} does
   */
  static List<Path> files(Path directory) {
    PackageDirectory walk;
    try {
      walk = new PackageDirectory(directory);
      // The package itself may be a link, as a version that is switched: only what is in it must
      // stay.
      Files.walkFileTree(walk.root, Set.of(), MAX_DEPTH, walk);
    } catch (IOException e) {
      throw new ModelPackageException("cannot read model package " + directory + ": " + e, e);
    }
    if (!walk.problems.isEmpty()) {
      throw ModelPackageException.of(walk.problems);
    }
    Collections.sort(walk.files);
    return walk.files;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
    return count();
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes.isSymbolicLink()) {
      checkLink(file);
    } else if (attributes.isDirectory()) {
      problem("has " + root.relativize(file) + ", expected at most " + MAX_DEPTH + " levels");
    } else if (attributes.isRegularFile()) {
      files.add(file);
    } else {
      problem("has " + root.relativize(file) + ", which is neither file nor directory");
    }
    return count();
  }

  private void checkLink(Path link) throws IOException {
    Path target;
    try {
      target = link.toRealPath();
    } catch (IOException e) {
      problem("has the link " + root.relativize(link) + ", which leads nowhere");
      return;
    }
    if (!target.startsWith(root)) {
      problem(
          "has the link "
              + root.relativize(link)
              + ", which leads to "
              + target
              + ", expected a file inside the package");
    } else if (Files.isRegularFile(target)) {
      files.add(link);
    } else {
      // To ship the package, a link is followed: one to a directory can lead round in a circle.
      problem(
          "has the link "
              + root.relativize(link)
              + ", which leads to no file, expected links to files only");
    }
  }

  private FileVisitResult count() {
    if (++entries > MAX_ENTRIES) {
      problem("has more than " + MAX_ENTRIES + " files and directories");
      return FileVisitResult.TERMINATE;
    }
    return problems.size() < SHOWN_PROBLEMS ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
  }

  private void problem(String what) {
    problems.add("model package " + directory + " " + what);
  }
}
