package dev.sluice.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * How long predictions took at one rate under one setting. Latencies are in milliseconds.
 *
 * @param rate records per second that were due
 * @param reached predictions per second that the broker took
 * @param records how many, each with one prediction
 */
record LatencyPoint(
    String setting,
    double rate,
    double reached,
    long records,
    double p50,
    double p95,
    double p99,
    double max) {
  /** Of what is due, a job that keeps up answers at least so much while it is sent. */
  private static final double KEPT_UP = 0.95;

  /**
   * @param latencies one per record, in any order; sorted here
   */
  static LatencyPoint of(String setting, double rate, double reached, double[] latencies) {
    Arrays.sort(latencies);
    return new LatencyPoint(
        setting,
        rate,
        reached,
        latencies.length,
        quantile(latencies, 0.5),
        quantile(latencies, 0.95),
        quantile(latencies, 0.99),
        quantile(latencies, 1));
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  /** Returns whether the rate was too much: then latencies are those of a queue that grows. */
  boolean saturated() {
    return reached < KEPT_UP * rate;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-12s %,10.0f/s reached %,10.0f/s: p50 %8.1f p95 %8.1f p99 %8.1f max %8.1f ms%s",
        setting,
        rate,
        reached,
        p50,
        p95,
        p99,
        max,
        saturated() ? "  SATURATED" : "");
  }
}
