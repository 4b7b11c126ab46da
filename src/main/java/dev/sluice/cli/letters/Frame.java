package dev.sluice.cli.letters;

/**
 * What a value may have before its Avro binary, in the order in which to look for it: the marker
 * and a known fingerprint are no accident, while a zero byte may begin plain Avro binary as well.
 */
enum Frame {
  /** C3 01 and the fingerprint CRC-64-AVRO of the schema, little endian. */
  SINGLE_OBJECT {
    @Override
    int bodyAt(byte[] value, long fingerprint) {
      if (value.length < 10 || value[0] != (byte) 0xC3 || value[1] != 0x01) {
        return NONE;
      }
      long found = 0;
      for (int i = 9; i >= 2; i--) {
        found = found << 8 | value[i] & 0xff;
      }
      return found == fingerprint ? 10 : NONE;
    }
  },
  /** A zero byte and the id of the schema in a registry, whatever it is. */
  CONFLUENT {
    @Override
    int bodyAt(byte[] value, long fingerprint) {
      return value.length >= 5 && value[0] == 0 ? 5 : NONE;
    }
  },
  /** Nothing. */
  PLAIN {
    @Override
    int bodyAt(byte[] value, long fingerprint) {
      return 0;
    }
  };

  /** No value is framed so. */
  static final int NONE = -1;

  /**
   * Returns where the Avro binary begins if the value is framed so, {@link #NONE} if it is not.
   *
   * @param fingerprint of the only schema that the value is expected to have
   */
  abstract int bodyAt(byte[] value, long fingerprint);
}
