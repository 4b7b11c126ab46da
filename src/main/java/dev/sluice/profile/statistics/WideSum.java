package dev.sluice.profile.statistics;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * A sum of integers in 192 bits, two's complement. Wide enough for the squares of 2^63 numbers of
 * 53 bits each, so that no sum of a profile can overflow.
 */
final class WideSum {
  /** Size in bytes. */
  static final int BYTES = 24;

  private long low;
  private long high;
  private long top;

  void add(long value) {
    add(value >> 63, value);
  }

  /** Adds the 128-bit two's complement number {@code addHigh · 2^64 + unsigned addLow}. */
  void add(long addHigh, long addLow) {
    add(addHigh >> 63, addHigh, addLow);
  }

  void add(WideSum other) {
    add(other.top, other.high, other.low);
  }

  private void add(long addTop, long addHigh, long addLow) {
    long newLow = low + addLow;
    long carry = Long.compareUnsigned(newLow, low) < 0 ? 1 : 0;
    long newHigh = high + addHigh;
    long carryHigh = Long.compareUnsigned(newHigh, high) < 0 ? 1 : 0;
    newHigh += carry;
    if (carry == 1 && newHigh == 0) {
      carryHigh = 1;
    }
    low = newLow;
    high = newHigh;
    top += addTop + carryHigh;
  }

  BigInteger value() {
    return new BigInteger(
        ByteBuffer.allocate(BYTES).putLong(top).putLong(high).putLong(low).array());
  }

  static WideSum of(BigInteger value) {
    if (value.bitLength() >= BYTES * 8) {
      throw new IllegalArgumentException(
          "sum has " + value.bitLength() + " bits, expected at most " + (BYTES * 8 - 1));
    }
    WideSum sum = new WideSum();
    sum.low = value.longValue();
    sum.high = value.shiftRight(64).longValue();
    sum.top = value.shiftRight(128).longValue();
    return sum;
  }
}
