package dev.sluice.profile;

/** What a window's column can be called, other than drifted. */
public enum DriftSignKind {
  /** All values are the same, which the baseline makes too unlikely; the value is that one. */
  FLAT_LINE,
  /** No value is there, where the baseline has some; the value is the missing share, 1. */
  VANISHED,
  /** The values are the baseline's times a factor, which is the value. */
  UNIT_CHANGE,
  /** There are values that the baseline does not have; the value is their share. */
  NEW_CATEGORY,
  /** More values are missing than in the baseline; the value is the missing share. */
  MISSING_JUMP
}
