package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * The data that a baseline was made from.
 *
 * @param name its name and which of its rows were taken, for a person
 * @param sha256 its SHA-256 in hexadecimal, empty where unknown
 * @param rows its number of records
 * @param firstEventTime its earliest event time in milliseconds since the epoch, null where unknown
 * @param lastEventTime its latest event time in milliseconds since the epoch, null where unknown
 * @param codePointer where the code is that trains on it, for a person: a repository and commit, a
 *     path; at most {@value #MAX_CODE_POINTER} characters, empty where unknown
 */
public record DataSet(
    String name,
    String sha256,
    long rows,
    Long firstEventTime,
    Long lastEventTime,
    String codePointer)
    implements Serializable {
  /** The most characters of a code pointer. */
  public static final int MAX_CODE_POINTER = 1000;

  public DataSet {
    requireNonNull(name, "name is null");
    requireNonNull(sha256, "sha256 is null");
    requireNonNull(codePointer, "codePointer is null");
    if (codePointer.length() > MAX_CODE_POINTER) {
      throw new IllegalArgumentException(
          "codePointer has "
              + codePointer.length()
              + " characters, expected at most "
              + MAX_CODE_POINTER);
    }
    if (firstEventTime != null && lastEventTime != null && firstEventTime > lastEventTime) {
      throw new IllegalArgumentException(
          "firstEventTime is "
              + firstEventTime
              + ", expected at most lastEventTime "
              + lastEventTime);
    }
  }

  /** A data set whose training code is unknown. */
  public DataSet(String name, String sha256, long rows, Long firstEventTime, Long lastEventTime) {
    this(name, sha256, rows, firstEventTime, lastEventTime, "");
  }
}
