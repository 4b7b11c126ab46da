package dev.sluice.drift;

import java.util.List;
import java.util.Locale;

/** Factors between units that are mistaken for each other, to name one in a message. */
final class KnownUnits {
  /** Conversions that shift, too. */
  static final List<Conversion> TEMPERATURES =
      List.of(
          new Conversion("Celsius to Fahrenheit", 1.8, 32),
          new Conversion("Fahrenheit to Celsius", 1 / 1.8, -32 / 1.8),
          new Conversion("Celsius to Kelvin", 1, 273.15),
          new Conversion("Kelvin to Celsius", 1, -273.15));

  private static final double NEAR = 0.03;

  /** Both ways of each are known. */
  private static final List<Conversion> FACTORS =
      List.of(
          new Conversion("a factor of 10", 10, 0),
          new Conversion("a factor of 100, as between a share and percent", 100, 0),
          new Conversion("a factor of 1000, as between milli and one, or one and kilo", 1000, 0),
          new Conversion("a factor of a million, as between micro and one", 1_000_000, 0),
          new Conversion("a factor of 60, as between minutes and seconds", 60, 0),
          new Conversion("a factor of 3600, as between hours and seconds", 3600, 0),
          new Conversion("a factor of 24, as between days and hours", 24, 0),
          new Conversion("a factor of 3.6, as between m/s and km/h", 3.6, 0),
          new Conversion("a factor of 2.54, as between inches and centimetres", 2.54, 0),
          new Conversion("a factor of 25.4, as between inches and millimetres", 25.4, 0),
          new Conversion("a factor of 3.281, as between metres and feet", 1 / 0.3048, 0),
          new Conversion("a factor of 2.205, as between kilograms and pounds", 1 / 0.4536, 0),
          new Conversion("a factor of 1.609, as between miles and kilometres", 1.609, 0),
          new Conversion("a factor of 1024, as between bytes and kibibytes", 1024, 0));

  /**
   * {@code y = factor · x + shift}.
   *
   * @param name for a person
   */
  record Conversion(String name, double factor, double shift) {}

  private KnownUnits() {}

  /** Returns what a factor may be, for a person: the nearest known one, or the factor alone. */
  static String describe(double factor) {
    double larger = Math.max(factor, 1 / factor);
    String known = "";
    double nearest = NEAR;
    for (Conversion conversion : FACTORS) {
      double far = Math.abs(larger / conversion.factor() - 1);
      if (far <= nearest) {
        nearest = far;
        known = conversion.name();
      }
    }
    return known.isEmpty()
        ? String.format(Locale.ROOT, "a factor of %.4g", factor)
        : known + (factor < 1 ? " (divided)" : "");
  }
}
