package dev.sluice.kafka.registry;

import java.util.function.LongSupplier;

/** Lets something happen so often at once, and so often per second over time. Thread-safe. */
final class TokenBucket {
  private final double capacity;
  private final double perNano;
  private final LongSupplier nanoClock;
  private double tokens;
  private long filledAt;

  TokenBucket(int capacity, double perSecond, LongSupplier nanoClock) {
    this.capacity = capacity;
    this.perNano = perSecond / 1e9;
    this.nanoClock = nanoClock;
    this.tokens = capacity;
    this.filledAt = nanoClock.getAsLong();
  }

  /** Returns whether it may happen now. */
  synchronized boolean hasToken() {
    long now = nanoClock.getAsLong();
    tokens = Math.min(capacity, tokens + (now - filledAt) * perNano);
    filledAt = now;
    return tokens >= 1;
  }

  /** Counts that it has happened, even if it should not have: then the next waits longer. */
  synchronized void take() {
    tokens--;
  }
}
