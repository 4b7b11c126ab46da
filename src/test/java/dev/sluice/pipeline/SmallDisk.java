package dev.sluice.pipeline;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system of 16 MB that can be filled. Takes the right to mount. */
final class SmallDisk implements AutoCloseable {
  private final Path directory;
  private final Path filler;

  private SmallDisk(Path directory) {
    this.directory = directory;
    this.filler = directory.resolve("filler");
  }

  /**
   * Mounts one.
   *
   * @throws IOException if this is not allowed here, with what was refused
   */
  static SmallDisk mount(Path directory) throws IOException {
    Files.createDirectories(directory);
    Command.require(
        List.of("mount", "-t", "tmpfs", "-o", "size=16m", "sluice-test", directory.toString()));
    return new SmallDisk(directory);
  }

  Path directory() {
    return directory;
  }

  /** Fills it to the last block. */
  void fill() throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      if (directory.toFile().getUsableSpace() > 0) {
        throw e;
      }
    }
  }

  /** Gives back what filled it. */
  void free() throws IOException {
    Files.delete(filler);
  }

  @Override
  public void close() throws IOException {
    Command.require(List.of("umount", directory.toString()));
  }
}
