package dev.sluice.cli.profile;

import dev.sluice.record.EncodedRecord;
import java.util.function.Supplier;

/** Takes the records of a data set into a profile, a batch at a time. Used by one thread. */
interface ProfilePass extends AutoCloseable {
  /**
   * Takes a record.
   *
   * @param place returns what the record is called in a message
   * @return null, or what is wrong with the record, which is then left out
   */
  String add(EncodedRecord record, Supplier<String> place);

  /** Takes in what is left. */
  void flush();

  @Override
  void close();
}
