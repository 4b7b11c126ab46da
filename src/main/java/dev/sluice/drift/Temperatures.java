package dev.sluice.drift;

import dev.sluice.profile.ColumnProfile;

/**
 * Conversions of temperatures, {@code y = factor · x + shift}, of what lies within the range of
 * weather, people and kitchens: -90 to 150 °C.
 */
enum Temperatures {
  CELSIUS_TO_FAHRENHEIT("Celsius to Fahrenheit", 1.8, 32, -90, 150),
  FAHRENHEIT_TO_CELSIUS("Fahrenheit to Celsius", 1 / 1.8, -32 / 1.8, -130, 302),
  CELSIUS_TO_KELVIN("Celsius to Kelvin", 1, 273.15, -90, 150),
  KELVIN_TO_CELSIUS("Kelvin to Celsius", 1, -273.15, 183.15, 423.15);

  private final String text;
  private final double factor;
  private final double shift;
  private final double least;
  private final double greatest;

  Temperatures(String text, double factor, double shift, double least, double greatest) {
    this.text = text;
    this.factor = factor;
    this.shift = shift;
    this.least = least;
    this.greatest = greatest;
  }

  double factor() {
    return factor;
  }

  /** Returns a temperature converted. */
  double of(double temperature) {
    return factor * temperature + shift;
  }

  /** Returns whether all numbers of a column can be such temperatures before they are converted. */
  boolean covers(ColumnProfile column) {
    return column.min() >= least && column.max() <= greatest;
  }

  @Override
  public String toString() {
    return text;
  }
}
