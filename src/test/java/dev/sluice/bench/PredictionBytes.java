package dev.sluice.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads what the benchmark checks out of a prediction: source offset and score. */
final class PredictionBytes {
  private PredictionBytes() {}

  static long offset(byte[] prediction) {
    ByteBuffer bytes = ByteBuffer.wrap(prediction);
    readLong(bytes); // no key
    int topic = (int) readLong(bytes);
    bytes.position(bytes.position() + topic);
    readLong(bytes); // partition
    return readLong(bytes);
  }

  /** The score stands before the ends of three empty or ended blocks. */
  static float score(byte[] prediction) {
    return ByteBuffer.wrap(prediction)
        .order(ByteOrder.LITTLE_ENDIAN)
        .getFloat(prediction.length - 3 - Float.BYTES);
  }

  private static long readLong(ByteBuffer bytes) {
    long raw = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = bytes.get();
      raw |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return (raw >>> 1) ^ -(raw & 1);
      }
    }
  }
}
