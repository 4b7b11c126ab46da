package dev.sluice.drift;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.ColumnProfile;

/**
 * What a window's column is compared with.
 *
 * @param name see {@link dev.sluice.profile.ColumnDrift#reference}
 * @param column the baseline's column, or that of one of its parts
 * @param whole the baseline's column of all rows, which alone knows how it varies
 */
public record Reference(String name, ColumnProfile column, ColumnProfile whole) {
  public Reference {
    requireNonNull(name, "name is null");
    requireNonNull(column, "column is null");
    requireNonNull(whole, "whole is null");
  }
}
