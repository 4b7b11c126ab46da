package dev.sluice.bench;

import dev.sluice.decode.MalformedRecordException;
import dev.sluice.decode.RowDecoder;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.build.ProfileBuilder;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.InputTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/**
 * Records of an event time and so many floats, normally distributed, with a segment or without, and
 * a data profile of them. Event times begin at {@value #START}.
 */
final class FloatRecords {
  static final String EVENT_TIME = "ts";
  static final long START = 1_700_000_000_000L;

  /** The field of the segment, a whole number from 0 on. */
  static final String SEGMENT = "segment";

  private static final int LONGEST_NUMBER = 10;

  private final int columns;
  private final int segments;
  private final Schema schema;
  private final FeatureLayout layout;

  FloatRecords(int columns) {
    this(columns, 0);
  }

  /**
   * @param segments how many a record may belong to; 0 where it has no segment
   */
  FloatRecords(int columns, int segments) {
    this.columns = columns;
    this.segments = segments;
    var fields = SchemaBuilder.record("Floats").fields().requiredLong(EVENT_TIME);
    List<FeatureColumn> features = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      String name = "f%02d".formatted(i);
      fields = fields.requiredFloat(name);
      features.add(new FeatureColumn(name, ElementType.FLOAT, 1));
    }
    if (segments > 0) {
      fields = fields.requiredLong(SEGMENT);
      features.add(new FeatureColumn(SEGMENT, ElementType.INT64, 1));
    }
    List<Integer> all = IntStream.range(0, columns).boxed().toList();
    this.schema = fields.endRecord();
    this.layout =
        new FeatureLayout(
            features,
            List.of(new InputTensor("features", ElementType.FLOAT, List.of(columns), all)));
  }

  Schema schema() {
    return schema;
  }

  /** Returns the floats as the columns of one input, in order. */
  FeatureLayout layout() {
    return layout;
  }

  /**
   * Returns the Avro binary of a record: a varint and the floats.
   *
   * @param millis its event time, from the first one on
   */
  byte[] encode(long millis, SplittableRandom random) {
    ByteBuffer bytes =
        ByteBuffer.allocate(2 * LONGEST_NUMBER + Float.BYTES * columns)
            .order(ByteOrder.LITTLE_ENDIAN);
    putLong(START + millis, bytes);
    for (int column = 0; column < columns; column++) {
      bytes.putFloat((float) random.nextGaussian());
    }
    if (segments > 0) {
      putLong(random.nextInt(segments), bytes);
    }
    byte[] value = new byte[bytes.position()];
    bytes.flip().get(value);
    return value;
  }

  /** Writes a number as Avro does: zigzag, 7 bits per byte. */
  static void putLong(long value, ByteBuffer bytes) {
    long raw = (value << 1) ^ (value >> 63);
    for (; (raw & ~0x7fL) != 0; raw >>>= 7) {
      bytes.put((byte) (raw | 0x80));
    }
    bytes.put((byte) raw);
  }

  /** Returns the i-th record as the source hands it over. */
  EncodedRecord record(long i, SplittableRandom random) {
    return sourced(i, encode(i, random));
  }

  /** Returns a value as the i-th record of a topic. */
  static EncodedRecord sourced(long i, byte[] value) {
    return new EncodedRecord("features", 0, i, START + i, null, value, Header.NONE);
  }

  /** Returns a baseline of so many records with what it suggests to expect of them. */
  DataProfile profile(int rows) {
    RowDecoder decoder = RowDecoder.compile(schema, layout, EVENT_TIME);
    FeatureRow row = new FeatureRow(layout);
    FeatureBatch batch = new FeatureBatch(layout, rows);
    SplittableRandom random = new SplittableRandom(12);
    for (int i = 0; i < rows; i++) {
      try {
        decoder.decode(record(i, random), row);
      } catch (MalformedRecordException e) {
        throw new IllegalStateException("the benchmark's records are malformed", e);
      }
      batch.append(row);
    }
    try (ProfileBuilder builder = new ProfileBuilder(layout)) {
      builder.addInputs(batch);
      return builder.build("bench", "1", "", "bench", "", "UTC", "bench");
    }
  }
}
