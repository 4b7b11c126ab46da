package dev.sluice;

import dev.sluice.model.verify.Findings;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileException;
import dev.sluice.profile.file.DataProfileFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Checks that what a job keeps of a data profile can be read back: it is state, in the form of its
 * file, and what it writes need not be as short as what a person wrote. Else the job would stop
 * when it recovers.
 */
final class KeptProfile {
  private KeptProfile() {}

  /**
   * Checks a profile.
   *
   * @param name says in a message which it is
   * @param findings takes a problem if it cannot be read back
   */
  static void check(String name, DataProfile profile, Findings findings) {
    try {
      DataProfileFile.readSome(new ByteArrayInputStream(DataProfileFile.toBytes(profile)), name);
    } catch (DataProfileException e) {
      findings.problem(e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of bytes in memory: cannot be
    }
  }
}
