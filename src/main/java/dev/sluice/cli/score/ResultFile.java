package dev.sluice.cli.score;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that appears once it is complete: it is written beside its place under another name, and
 * left out where it is closed before {@link #complete}. What is no regular file, such as a device,
 * is written to as it is.
 */
public final class ResultFile implements AutoCloseable {
  private final Path target;
  private final Path written;
  private final Writer writer;

  private ResultFile(Path target, Path written) throws IOException {
    this.target = target;
    this.written = written;
    OutputStream out =
        written.equals(target)
            ? Files.newOutputStream(target)
            : Files.newOutputStream(written, StandardOpenOption.CREATE_NEW);
    // Unlike that of Files.newBufferedWriter, it has a ? for half a character, which data may have.
    this.writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  /**
   * Opens a file to write; the caller closes it.
   *
   * @param option names in a message who asks for it
   * @throws IllegalArgumentException if it exists and may not be overwritten, or has no place
   */
  public static ResultFile open(String option, Path file, boolean overwrite) throws IOException {
    // What is no regular file, such as a device, has nothing to lose.
    if (Files.isRegularFile(file) && !overwrite) {
      throw new IllegalArgumentException(
          option + ": " + file + " exists already; --overwrite replaces it");
    }
    // A link stays one: the file it leads to is replaced.
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path directory = target.getParent();
    if (Files.isDirectory(target) || directory == null || !Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          option + ": " + file + " cannot be written, expected a file in a directory that exists");
    }
    boolean special = Files.exists(target) && !Files.isRegularFile(target);
    if (special) {
      return new ResultFile(target, target);
    }
    Path written =
        directory.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
    written.toFile().deleteOnExit(); // an interrupt leaves nothing behind
    return new ResultFile(target, written);
  }

  /** Returns where to write; closed with this. */
  public Writer writer() {
    return writer;
  }

  /** Puts the file in its place. */
  public void complete() throws IOException {
    writer.close();
    if (written.equals(target)) {
      return;
    }
    try {
      Files.move(
          written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(written, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      writer.close();
    } finally {
      if (!written.equals(target)) {
        Files.deleteIfExists(written);
      }
    }
  }
}
