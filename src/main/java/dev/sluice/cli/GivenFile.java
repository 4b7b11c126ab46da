package dev.sluice.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** A file that an option names. That it is not there is a wrong argument, not a failure. */
final class GivenFile {
  private GivenFile() {}

  /**
   * Returns the file.
   *
   * @param option names in a message who asks for it
   * @param expected says in a message what it should be
   * @throws IllegalArgumentException if there is no such file
   */
  static Path require(String option, Path file, String expected) {
    if (!Files.exists(file) || Files.isDirectory(file)) {
      throw new IllegalArgumentException(
          "%s: %s %s, expected %s"
              .formatted(
                  option,
                  file,
                  Files.exists(file) ? "is a directory" : "does not exist",
                  expected));
    }
    return file;
  }
}
