package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * The data that a baseline was made from.
 *
 * @param name its name, for a person
 * @param sha256 its SHA-256 in hexadecimal, empty where unknown
 * @param rows its number of records
 * @param firstEventTime its earliest event time in milliseconds since the epoch, null where unknown
 * @param lastEventTime its latest event time in milliseconds since the epoch, null where unknown
 */
public record DataSet(
    String name, String sha256, long rows, Long firstEventTime, Long lastEventTime)
    implements Serializable {
  public DataSet {
    requireNonNull(name, "name is null");
    requireNonNull(sha256, "sha256 is null");
    if (firstEventTime != null && lastEventTime != null && firstEventTime > lastEventTime) {
      throw new IllegalArgumentException(
          "firstEventTime is "
              + firstEventTime
              + ", expected at most lastEventTime "
              + lastEventTime);
    }
  }
}
