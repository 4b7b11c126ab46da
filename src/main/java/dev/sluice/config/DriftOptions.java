package dev.sluice.config;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/**
 * When a window profile has drifted from its baseline.
 *
 * @param psiThreshold the population stability index above which a column has drifted, positive
 * @param minRows the fewest values of a column that are not missing, in the window and in the
 *     baseline, for a verdict, at least 1
 */
public record DriftOptions(double psiThreshold, long minRows) implements Serializable {
  public static final ConfigOption<Double> PSI_THRESHOLD =
      ConfigOptions.key("drift.psi-threshold")
          .doubleType()
          .defaultValue(0.2)
          .withDescription(
              "Population stability index above which a column counts as drifted, a positive number.");

  public static final ConfigOption<Long> MIN_ROWS =
      ConfigOptions.key("drift.min-rows")
          .longType()
          .defaultValue(1000L)
          .withDescription(
              "Fewest values of a column that are not missing, in the window and in the baseline, for a verdict, at least 1.");

  /**
   * Reads and checks the options.
   *
   * @throws OptionException with all problems
   */
  public static DriftOptions from(Configuration configuration) {
    return OptionValues.read(configuration, DriftOptions::read);
  }

  static DriftOptions read(OptionValues values) {
    return new DriftOptions(
        values.get(
            PSI_THRESHOLD,
            "a positive number such as 0.2",
            threshold -> threshold > 0 && Double.isFinite(threshold)),
        values.get(MIN_ROWS, "a whole number of at least 1", rows -> rows >= 1));
  }

  static List<ConfigOption<?>> options() {
    return List.of(PSI_THRESHOLD, MIN_ROWS);
  }
}
