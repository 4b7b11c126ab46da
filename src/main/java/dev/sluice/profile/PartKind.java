package dev.sluice.profile;

/** What a part of a baseline is about. */
public enum PartKind {
  /** The rows whose field has one value. */
  SEGMENT,
  /** The rows whose event time lies in one part of a cycle of the calendar. */
  SEASON
}
