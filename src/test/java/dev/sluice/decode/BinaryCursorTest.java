package dev.sluice.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class BinaryCursorTest {
  @Test
  void readsLongsOfEveryLengthAsAvroWritesThem() throws Exception {
    for (int bits = 0; bits < 64; bits++) {
      for (long value : new long[] {1L << bits, -(1L << bits), (1L << bits) - 1}) {
        assertThat(cursor(longs(value)).readLong()).isEqualTo(value);
      }
    }
  }

  @Test
  void readsTheTenthByteAsAvroDoes() throws Exception {
    for (int last = 0; last < 128; last++) {
      byte[] bytes = tenBytes(last);
      assertThat(cursor(bytes).readLong())
          .isEqualTo(DecoderFactory.get().binaryDecoder(bytes, null).readLong());
    }
  }

  @Test
  void refusesIntegersOfMoreThanTenBytes() {
    assertThatThrownBy(() -> cursor(tenBytes(0x80)).readLong())
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("byte 0: variable-length integer is longer than 10 bytes");
  }

  @Test
  void refusesIntegersThatEndWithTheRecord() {
    assertThatThrownBy(() -> cursor(new byte[] {(byte) 0x80, (byte) 0x80}).readLong())
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("record ends after 2 bytes, expected 3 more at byte 0");
  }

  @Test
  void refusesIntsOfMoreThan32Bits() throws Exception {
    assertThat(cursor(longs(Integer.MIN_VALUE)).readInt()).isEqualTo(Integer.MIN_VALUE);
    assertThatThrownBy(() -> cursor(longs(Integer.MAX_VALUE + 1L)).readInt())
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("byte 0: int is 2147483648, expected 32 bits");
  }

  @Test
  void refusesBooleansBeyondOne() {
    assertThatThrownBy(() -> cursor(new byte[] {2}).readBoolean())
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("byte 0: boolean is 2, expected 0 or 1");
  }

  @Test
  void refusesLengthsOutsideTheRecord() {
    for (long length : new long[] {-1, 2, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE}) {
      byte[] bytes = longs(length, 0);
      assertThatThrownBy(() -> cursor(bytes).readText())
          .isInstanceOf(MalformedRecordException.class)
          .hasMessage("byte 0: length is " + length + ", expected 0 to 1");
    }
  }

  @Test
  void readsBlockCountsWithASize() throws Exception {
    BinaryCursor cursor = cursor(longs(-2, 2, 7, 7, 0));
    assertThat(cursor.readBlockCount()).isEqualTo(2);
    cursor.skip(2);
    assertThat(cursor.readBlockCount()).isZero();
    assertThat(cursor.remaining()).isZero();
  }

  @Test
  void refusesBlocksOfMoreItemsThanBytesAreLeft() throws Exception {
    assertThat(cursor(longs(2, 7, 7)).readBlockCount()).isEqualTo(2);
    for (long count : new long[] {3, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> cursor(longs(count, 7, 7)).readBlockCount())
          .isInstanceOf(MalformedRecordException.class)
          .hasMessage("byte 0: block has " + count + " items, but 2 bytes are left");
    }
  }

  @Test
  void refusesTheBlockCountWithoutAPositiveOne() {
    assertThatThrownBy(() -> cursor(longs(Long.MIN_VALUE, 0)).readBlockCount())
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageStartingWith("byte 0: block has " + Long.MIN_VALUE + " items");
  }

  static byte[] longs(long... values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      for (long value : values) {
        encoder.writeLong(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] tenBytes(int last) {
    byte[] bytes = new byte[10];
    Arrays.fill(bytes, (byte) 0x85);
    bytes[9] = (byte) last;
    return bytes;
  }

  private static BinaryCursor cursor(byte[] bytes) {
    BinaryCursor cursor = new BinaryCursor();
    cursor.reset(bytes);
    return cursor;
  }
}
