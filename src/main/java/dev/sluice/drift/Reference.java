package dev.sluice.drift;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.ColumnProfile;

/**
 * What a window's column is compared with.
 *
 * @param name see {@link dev.sluice.profile.ColumnDrift#reference}
 * @param column the baseline's column, or that of one of its parts
 * @param whole the baseline's column of all rows, which alone knows how it varies
 * @param season the baseline's column of the window's seasons, where those are known, but are not
 *     what the window is compared with; else the whole
 */
public record Reference(
    String name, ColumnProfile column, ColumnProfile whole, ColumnProfile season) {
  public Reference {
    requireNonNull(name, "name is null");
    requireNonNull(column, "column is null");
    requireNonNull(whole, "whole is null");
    requireNonNull(season, "season is null");
  }

  /** What a window is compared with by its seasons, or of a baseline that has none. */
  public Reference(String name, ColumnProfile column, ColumnProfile whole) {
    this(name, column, whole, whole);
  }
}
