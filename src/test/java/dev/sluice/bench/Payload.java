package dev.sluice.bench;

import dev.sluice.model.ModelIdentity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a prediction, written by hand: what the contenders beside Sluice send. The same as
 * Sluice's, byte by byte; the benchmark compares them.
 */
final class Payload {
  private final ByteBuffer buffer = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
  private final byte[] topic;
  private final byte[] model;
  private final byte[] output;

  Payload(ModelIdentity identity) {
    topic = text(Workload.TOPIC);
    buffer.put(text(identity.name())).put(text(identity.version())).put(text(identity.sha256()));
    model = take();
    buffer.put((byte) 2).put(text("score")).put((byte) 0).put((byte) (3 << 1));
    output = take();
  }

  private byte[] text(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(256);
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putLong(bytes, utf8.length);
    bytes.put(utf8);
    byte[] result = new byte[bytes.position()];
    bytes.flip().get(result);
    return result;
  }

  private static void putLong(ByteBuffer target, long value) {
    long raw = (value << 1) ^ (value >> 63);
    for (; (raw & ~0x7fL) != 0; raw >>>= 7) {
      target.put((byte) (raw | 0x80));
    }
    target.put((byte) raw);
  }

  private byte[] take() {
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    buffer.clear();
    return bytes;
  }

  /** Returns the prediction for a record without a key. */
  byte[] encode(int partition, long offset, long eventTime, float score) {
    buffer.put((byte) 0).put(topic);
    putLong(buffer, partition);
    putLong(buffer, offset);
    putLong(buffer, eventTime);
    buffer.put(model).put(output).putFloat(score).put((byte) 0).put((byte) 0).put((byte) 0);
    return take();
  }
}
