package dev.sluice.cli.score;

import java.io.IOException;

/** The rows of a file, in its order. Holds one row at a time; whoever opened it closes it. */
public interface InputRows extends AutoCloseable {
  /**
   * Returns the next row, or null at the end of the file.
   *
   * @throws IllegalArgumentException if the file cannot be read on from here, whatever the rows are
   */
  InputRow next();

  /** Returns how many bytes of the file have been read, as it lies there. */
  long position();

  @Override
  void close() throws IOException;
}
