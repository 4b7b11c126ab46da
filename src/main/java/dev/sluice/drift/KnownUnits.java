package dev.sluice.drift;

import java.util.List;
import java.util.Locale;

/** Factors between units that are mistaken for each other; of each the inverse is known, too. */
final class KnownUnits {
  private static final double NAMED = 0.03;

  private static final List<Known> FACTORS =
      List.of(
          new Known(10, "a factor of 10"),
          new Known(100, "a factor of 100, as between a share and percent"),
          new Known(1000, "a factor of 1000, as between milli and one, or one and kilo"),
          new Known(1_000_000, "a factor of a million, as between micro and one"),
          new Known(60, "a factor of 60, as between minutes and seconds"),
          new Known(3600, "a factor of 3600, as between hours and seconds"),
          new Known(24, "a factor of 24, as between days and hours"),
          new Known(3.6, "a factor of 3.6, as between m/s and km/h"),
          new Known(2.54, "a factor of 2.54, as between inches and centimetres"),
          new Known(25.4, "a factor of 25.4, as between inches and millimetres"),
          new Known(1 / 0.3048, "a factor of 3.281, as between metres and feet"),
          new Known(1024, "a factor of 1024, as between bytes and kibibytes"));

  private record Known(double factor, String name) {
    /** Returns how far a factor, or its inverse, is from this one. */
    double distance(double other) {
      return Math.abs(Math.max(other, 1 / other) / factor - 1);
    }
  }

  private KnownUnits() {}

  /** Returns whether a factor is within this share of a known one. */
  static boolean has(double factor, double near) {
    return FACTORS.stream().anyMatch(known -> known.distance(factor) <= near);
  }

  /** Returns what a factor may be, for a person: the nearest known one, or the factor alone. */
  static String describe(double factor) {
    Known nearest = FACTORS.get(0);
    for (Known known : FACTORS) {
      nearest = known.distance(factor) < nearest.distance(factor) ? known : nearest;
    }
    return nearest.distance(factor) > NAMED
        ? String.format(Locale.ROOT, "a factor of %.4g", factor)
        : nearest.name + (factor < 1 ? " (divided)" : "");
  }
}
