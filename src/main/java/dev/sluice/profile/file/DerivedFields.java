package dev.sluice.profile.file;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.Quantile;
import java.util.List;

/**
 * Checks the fields that follow from others, where they are there: a number that a person changed
 * in one place only would be believed by some readers and not by others. Numbers may be off by
 * rounding; a quantile by its own error bound and that of the one computed here, so that another
 * way to estimate it is no error.
 */
final class DerivedFields {
  private static final double ROUNDING = 1e-9;

  private DerivedFields() {}

  static void check(JsonFields fields, ColumnProfile profile) {
    checkNumber(fields, "meanSize", profile.meanSize(), "arrays");
    if (profile.isText()) {
      checkNumber(fields, "meanLength", profile.meanLength(), "totalLength");
      return;
    }
    checkNumber(fields, "mean", profile.mean(), "sum");
    checkNumber(fields, "variance", profile.variance(), "sumOfSquares");
    checkNumber(fields, "standardDeviation", profile.standardDeviation(), "sumOfSquares");
    checkQuantiles(fields, profile);
    if (fields.has("massCounts")) {
      List<Long> counts = fields.counts("massCounts");
      if (!counts.equals(profile.massCounts())) {
        throw fields.failureAt(
            "massCounts", counts, profile.massCounts() + ", which follow from gridCounts");
      }
    }
  }

  private static void checkNumber(JsonFields fields, String key, Double expected, String source) {
    Double number = fields.optionalNumber(key);
    if (number != null
        && (expected == null || Math.abs(number - expected) > ROUNDING * Math.abs(expected))) {
      throw fields.failureAt(key, number, expected + ", which follows from " + source);
    }
  }

  private static void checkQuantiles(JsonFields fields, ColumnProfile profile) {
    if (!fields.has("quantiles")) {
      return;
    }
    JsonFields quantiles = fields.fields("quantiles");
    profile.quantiles().forEach((name, expected) -> checkQuantile(quantiles, name, expected));
    quantiles.finish();
  }

  private static void checkQuantile(JsonFields quantiles, String name, Quantile expected) {
    if (!quantiles.has(name)) {
      return;
    }
    JsonFields fields = quantiles.fields(name);
    double value = fields.number("value");
    double errorBound = fields.number("errorBound");
    fields.finish();
    double most = errorBound + expected.errorBound();
    if (!(Math.abs(value - expected.value()) <= most + ROUNDING * Math.abs(expected.value()))) {
      throw fields.failureAt(
          "value",
          value,
          expected.value()
              + " within "
              + expected.errorBound()
              + ", which follows from the counts");
    }
  }
}
