package dev.sluice.cli.profile;

import java.io.IOException;

/** The rows of a source, one after the other. Holds one row at a time; its opener closes it. */
public interface SourceRows extends AutoCloseable {
  /**
   * Returns the next row that is taken, or null at the end.
   *
   * @throws IllegalArgumentException if nothing can be read from here on, whatever the rows are
   */
  SourceRow next() throws IOException;

  /** Returns what the last row is called in a message: {@code a.csv record 3}. */
  String place();

  /** Returns how much has been read, in the units of the source. */
  long position();

  @Override
  void close() throws IOException;
}
