package dev.sluice.pipeline;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.avro.SchemaNormalization;

/**
 * Values as a client gets them wrong in each format, in turn: random bytes, and valid records with
 * some bytes changed, taken away or put in; a few are valid, empty or null. Deterministic by its
 * random numbers.
 */
final class AbusedBytes {
  /** What was done to a message. */
  enum Kind {
    /** Nothing. */
    VALID,
    /** It has no value, or an empty one. */
    EMPTY,
    /** Its bytes are random. */
    RANDOM,
    /** Its bytes are random behind the frame of Avro's single-object encoding. */
    RANDOM_SINGLE_OBJECT,
    /** Its bytes are random behind the frame of Confluent's wire format. */
    RANDOM_CONFLUENT,
    /** Some bytes of a valid record are others. */
    MUTATED,
    /** Some bytes of a valid record or of its frame of Avro's single-object encoding are others. */
    MUTATED_SINGLE_OBJECT,
    /** Some bytes of a valid record or of its frame of Confluent's wire format are others. */
    MUTATED_CONFLUENT,
    /** It has ten megabytes. */
    LARGE,
    /** It has a thousand headers. */
    HEADERS
  }

  private static final int MAX_RANDOM = 300;
  private static final int READINGS = 500;
  private static final long FINGERPRINT = SchemaNormalization.parsingFingerprint64(Readings.SCHEMA);

  private final SplittableRandom random;
  private final byte[][] readings = new byte[READINGS][];
  private Kind kind;
  private int made;

  AbusedBytes(SplittableRandom random) {
    this.random = random;
    for (int i = 0; i < READINGS; i++) {
      readings[i] = Readings.bytes(Readings.valid(i));
    }
  }

  /** Returns what was done to the last value. */
  Kind kind() {
    return kind;
  }

  /** Returns the next value. */
  byte[] next() {
    int turn = made++ % 100;
    if (turn == 0) {
      kind = Kind.VALID;
      return readings[made / 100 % READINGS];
    }
    if (turn == 1) {
      kind = Kind.EMPTY;
      return made / 100 % 2 == 0 ? null : new byte[0];
    }
    kind = Kind.values()[Kind.RANDOM.ordinal() + turn % 6];
    return switch (kind) {
      case RANDOM -> randomBytes();
      case RANDOM_SINGLE_OBJECT -> singleObject(randomBytes());
      case RANDOM_CONFLUENT -> confluent(randomBytes());
      case MUTATED -> mutated(reading());
      case MUTATED_SINGLE_OBJECT -> mutated(singleObject(reading()));
      default -> mutated(confluent(reading()));
    };
  }

  /** Returns a key: none, or random bytes. */
  byte[] key() {
    if (random.nextInt(3) == 0) {
      return null;
    }
    byte[] key = new byte[random.nextInt(12)];
    random.nextBytes(key);
    return key;
  }

  private byte[] reading() {
    return readings[random.nextInt(READINGS)];
  }

  private byte[] randomBytes() {
    byte[] bytes = new byte[1 + random.nextInt(MAX_RANDOM)];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] singleObject(byte[] body) {
    long fingerprint = random.nextInt(4) == 0 ? random.nextLong() : FINGERPRINT;
    return ByteBuffer.allocate(10 + body.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0xc3)
        .put((byte) 1)
        .putLong(fingerprint)
        .put(body)
        .array();
  }

  private byte[] confluent(byte[] body) {
    int id = random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(50);
    return ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(id).put(body).array();
  }

  private byte[] mutated(byte[] value) {
    byte[] bytes = value.clone();
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(8));
        case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 3 -> bytes[at] = (byte) 0xff;
        default -> bytes[at] = (byte) random.nextInt();
      }
    }
    return bytes;
  }
}
