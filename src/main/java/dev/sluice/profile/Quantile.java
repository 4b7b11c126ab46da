package dev.sluice.profile;

/**
 * A quantile estimated from counts per bin.
 *
 * @param value the estimate
 * @param errorBound the quantile of the raw values lies within the estimate plus and minus this
 */
public record Quantile(double value, double errorBound) {}
