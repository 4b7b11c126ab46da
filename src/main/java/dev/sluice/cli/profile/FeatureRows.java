package dev.sluice.cli.profile;

import dev.sluice.record.FeatureRow;
import java.io.IOException;

/** The rows of a source as features, one after the other. Its opener closes it. */
public interface FeatureRows extends AutoCloseable {
  /**
   * Reads the next row that is taken.
   *
   * @param row overwritten with it; undefined where the row is malformed
   * @return false at the end
   * @throws IllegalArgumentException if nothing can be read from here on, whatever the rows are
   */
  boolean next(FeatureRow row) throws IOException;

  /** Returns which row the last one is, what is wrong with it, got, expected; null for nothing. */
  String problem();

  /** Returns how much has been read, in the units of the source. */
  long position();

  @Override
  void close() throws IOException;
}
