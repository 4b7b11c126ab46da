package dev.sluice.record;

import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads instants of ISO 8601 with an offset or Z, with seconds or without. */
public final class IsoInstant {
  private IsoInstant() {}

  /**
   * Returns an instant. Java's instants need seconds, which its times with an offset leave out
   * where they are 0, but know leap seconds: each form is read by the one that takes it.
   *
   * @throws java.time.DateTimeException if the text is none
   */
  public static Instant parse(String text) {
    boolean hasSeconds = text.indexOf(':') != text.lastIndexOf(':');
    return text.endsWith("Z") && hasSeconds
        ? Instant.parse(text)
        : OffsetDateTime.parse(text).toInstant();
  }
}
