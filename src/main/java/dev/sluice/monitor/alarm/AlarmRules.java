package dev.sluice.monitor.alarm;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.AlarmWindows;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.ProfileKind;
import dev.sluice.record.Severity;
import java.io.Serializable;

/**
 * Per kind of alarm: in how many windows it has to be so, how bad it is, and how often it is false.
 *
 * <p>The rate: let c bound the chance that a window in which nothing is wrong calls a column so. If
 * windows are independent, it raises an alarm about that column with at most the chance that the
 * window calls it so and at least k - 1 of the n - 1 windows before it did: {@code c · P(B >= k -
 * 1)}, B binomial of n - 1 trials with chance c, which is at most {@code C(n-1, k-1) · c^k}. That
 * an alarm is not raised again while it is open only makes this rarer.
 *
 * <ul>
 *   <li>DRIFT, UNIT_CHANGE (which needs drift): Benjamini-Hochberg keeps the chance that a window
 *       without drift calls <em>any</em> of its columns drifted at most the false discovery rate q,
 *       if the columns are independent or positively dependent. An alarm about any column needs k
 *       such windows, so c = q holds for all columns together.
 *   <li>MISSING_JUMP: each column is tested alone at q, so c = q, times the number of columns.
 *   <li>FLAT_LINE, COLUMN_VANISHED: c = {@value #SIGN_CHANCE}, times the number of columns.
 * </ul>
 *
 * <p>A verdict needs an effect as well, so the rate is an upper bound, and a loose one.
 */
final class AlarmRules implements Serializable {
  /** The chance below which a flat line, or a vanished column, is taken for more than chance. */
  static final double SIGN_CHANCE = 1e-6;

  private static final long serialVersionUID = 1L;

  private final AlarmWindows windows;
  private final double falseDiscoveryRate;

  /**
   * @param windows what columns need
   * @param falseDiscoveryRate of drift among the columns of a window, 0 to 1
   */
  AlarmRules(AlarmWindows windows, double falseDiscoveryRate) {
    this.windows = requireNonNull(windows, "windows is null");
    this.falseDiscoveryRate = falseDiscoveryRate;
  }

  /** Returns in how many windows it has to be so. */
  AlarmWindows windows(AlarmKind kind) {
    return switch (kind) {
      case DRIFT, FLAT_LINE, COLUMN_VANISHED, MISSING_JUMP, UNIT_CHANGE -> windows;
      case EXPECTATION, REJECT_SHARE, NEW_CATEGORY, FEED_SILENT -> AlarmWindows.ONE;
    };
  }

  /** Returns how bad it is; an expectation that is not met is as bad as the expectation says. */
  static Severity severity(AlarmKind kind, ProfileKind profile) {
    return switch (kind) {
      case FEED_SILENT, COLUMN_VANISHED, UNIT_CHANGE, REJECT_SHARE -> Severity.CRITICAL;
      case DRIFT -> profile == ProfileKind.OUTPUT ? Severity.CRITICAL : Severity.WARNING;
      case EXPECTATION, FLAT_LINE, MISSING_JUMP, NEW_CATEGORY -> Severity.WARNING;
    };
  }

  /**
   * Returns at most how likely a window raises an alarm of this kind, about any column, where
   * nothing is wrong; null where this is no matter of chance.
   *
   * @param columns how many columns the window has
   */
  Double falseAlarmRate(AlarmKind kind, int columns) {
    return switch (kind) {
      case DRIFT, UNIT_CHANGE -> rate(falseDiscoveryRate, 1);
      case MISSING_JUMP -> rate(falseDiscoveryRate, columns);
      case FLAT_LINE, COLUMN_VANISHED -> rate(SIGN_CHANCE, columns);
      case EXPECTATION, REJECT_SHARE, NEW_CATEGORY, FEED_SILENT -> null;
    };
  }

  private double rate(double chance, int times) {
    return Math.min(1, times * chance * atLeast(windows.needed() - 1, windows.last() - 1, chance));
  }

  /** Returns the chance that at least k of n independent trials succeed, each with chance p. */
  private static double atLeast(int k, int n, double p) {
    double chance = 0;
    double combinations = 1;
    for (int j = 0; j <= n; j++) {
      if (j >= k) {
        chance += combinations * Math.pow(p, j) * Math.pow(1 - p, n - j);
      }
      combinations = combinations * (n - j) / (j + 1);
    }
    return Math.min(1, chance);
  }
}
