package dev.sluice.encode;

import dev.sluice.record.Header;

/**
 * How large a message is by a producer's own estimate, which is what it holds against
 * max.request.size: a batch with one record in format 2 and its largest overhead, uncompressed
 * (Kafka's {@code DefaultRecordBatch.estimateBatchSizeUpperBound}).
 */
final class MessageSize {
  /** The head of a batch, and what surrounds key, value and headers of a record at most. */
  private static final int OVERHEAD = 61 + 21;

  private MessageSize() {}

  /**
   * Returns the size of a message in bytes.
   *
   * @param value size of the value; -1 for none
   */
  static long of(byte[] key, int value, Header... headers) {
    long size = OVERHEAD + sized(key) + sized(value) + varint(headers.length);
    for (Header header : headers) {
      size += of(header);
    }
    return size;
  }

  /** Returns what a header takes of a message. */
  static long of(Header header) {
    return sized(utf8Length(header.name())) + sized(header.value());
  }

  private static long sized(byte[] bytes) {
    return sized(bytes == null ? -1 : bytes.length);
  }

  private static long sized(int length) {
    return varint(length) + (long) Math.max(0, length);
  }

  /** Returns how many bytes a number takes: zigzag, 7 bits per byte. */
  private static int varint(int value) {
    int zigzag = (value << 1) ^ (value >> 31);
    return (38 - Integer.numberOfLeadingZeros(zigzag | 1)) / 7;
  }

  static int utf8Length(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        length++;
      } else if (c < 0x800) {
        length += 2;
      } else if (Character.isHighSurrogate(c)) {
        length += 4;
        i++;
      } else {
        length += 3;
      }
    }
    return length;
  }
}
