package dev.sluice.bench;

import dev.sluice.LayoutPlanner;
import dev.sluice.SchemaFile;
import dev.sluice.decode.MalformedRecordException;
import dev.sluice.decode.RowDecoder;
import dev.sluice.model.ModelPackage;
import dev.sluice.profile.build.ProfileBuilder;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Records of an event time and 30 floats, scored by an MLP 30-64-32-1. They are encoded beforehand
 * and sent in turn, so that the producer takes little from whoever shares its cores.
 */
final class LatencyWorkload {
  static final Path MODEL = Path.of("src/test/resources/models/bench-mlp-30");
  private static final int FEATURES = 30;
  private static final int RECORDS = 1 << 14;
  private static final long START = 1_700_000_000_000L;

  private final byte[][] records = new byte[RECORDS][];
  private final Path schema;
  private final Path profile;

  /**
   * @param directory where the schema and the data profile are written
   */
  LatencyWorkload(Path directory) throws IOException {
    Files.createDirectories(directory);
    SplittableRandom random = new SplittableRandom(21);
    for (int i = 0; i < RECORDS; i++) {
      records[i] = encode(START + i, random);
    }
    schema = Files.writeString(directory.resolve("LatencyRecord.avsc"), schemaText());
    profile = directory.resolve("latency-profile.json");
    writeProfile();
  }

  Path schema() {
    return schema;
  }

  Path profile() {
    return profile;
  }

  /** Returns the i-th record's value; nobody may change it. */
  byte[] value(long i) {
    return records[(int) (i & (RECORDS - 1))];
  }

  private static String schemaText() {
    StringBuilder schema =
        new StringBuilder(
            "{\"type\":\"record\",\"name\":\"LatencyRecord\",\"fields\":["
                + "{\"name\":\"ts\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}}");
    for (int i = 0; i < FEATURES; i++) {
      schema.append(String.format(",{\"name\":\"f%02d\",\"type\":\"float\"}", i));
    }
    return schema.append("]}").toString();
  }

  /** Avro binary by hand: a zigzag varint and 30 floats. */
  private static byte[] encode(long time, SplittableRandom random) {
    ByteBuffer bytes = ByteBuffer.allocate(10 + 4 * FEATURES).order(ByteOrder.LITTLE_ENDIAN);
    long raw = time << 1;
    for (; (raw & ~0x7fL) != 0; raw >>>= 7) {
      bytes.put((byte) (raw | 0x80));
    }
    bytes.put((byte) raw);
    for (int f = 0; f < FEATURES; f++) {
      bytes.putFloat((float) random.nextGaussian());
    }
    byte[] value = new byte[bytes.position()];
    bytes.flip().get(value);
    return value;
  }

  private void writeProfile() throws IOException {
    ModelPackage model = ModelPackage.open(MODEL);
    List<String> problems = new ArrayList<>();
    var read = SchemaFile.read("schema", schema.toString());
    FeatureLayout layout = new LayoutPlanner(read, problems).inputs(model, Map.of()).layout();
    RowDecoder decoder = RowDecoder.compile(read, layout, "ts");
    FeatureRow row = new FeatureRow(layout);
    FeatureBatch batch = new FeatureBatch(layout, RECORDS);
    for (int i = 0; i < RECORDS; i++) {
      try {
        decoder.decode(new EncodedRecord("t", 0, i, 0, null, records[i], Header.NONE), row);
      } catch (MalformedRecordException e) {
        throw new IllegalStateException("the workload is malformed", e);
      }
      batch.append(row);
    }
    ProfileBuilder builder = new ProfileBuilder(layout);
    builder.addInputs(batch);
    DataProfileFile.write(
        builder.build(model.name(), model.version(), model.sha256(), "bench", "", "UTC", "bench"),
        profile);
  }
}
