package dev.sluice.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file that a model package names: it has to exist inside the package's directory. */
final class ContainedFile {
  private ContainedFile() {}

  /**
   * Finds the named file.
   *
   * @param directory the directory of the package
   * @param location the relative path as the package gives it
   * @param what which statement of the package names it, for messages
   * @throws ModelPackageException if it is absolute, missing, no regular file, or leaves the
   *     directory, by {@code ..} or by a symbolic link
   */
  static Path resolve(Path directory, String location, String what) {
    try {
      Path.of(location);
    } catch (InvalidPathException e) {
      throw new ModelPackageException(what + " is no path: " + e.getMessage(), e);
    }
    Path root = directory.toAbsolutePath().normalize();
    if (!isInside(directory, location)) {
      throw leaves(what, location, directory);
    }
    Path resolved = root.resolve(location).normalize();
    if (!Files.isRegularFile(resolved)) {
      throw new ModelPackageException(
          what + " names " + location + ", which is no file in " + directory);
    }
    try {
      if (!resolved.toRealPath().startsWith(root.toRealPath())) {
        throw leaves(what, location, directory);
      }
    } catch (IOException e) {
      throw new ModelPackageException(what + ": cannot read " + resolved + ": " + e, e);
    }
    return resolved;
  }

  /** Returns whether a relative path leads to something inside, links left out of account. */
  static boolean isInside(Path directory, String location) {
    Path root = directory.toAbsolutePath().normalize();
    try {
      return !location.startsWith("\\")
          && !Path.of(location).isAbsolute()
          && root.resolve(location).normalize().startsWith(root);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static ModelPackageException leaves(String what, String location, Path directory) {
    return new ModelPackageException(
        what + " names " + location + ", expected a file inside " + directory);
  }
}
