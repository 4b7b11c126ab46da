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
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Workload (a): records of an event time and 30 floats, all different, scored by an MLP 30-64-32-1.
 * Event time advances by a millisecond per record.
 */
final class Workload {
  static final int FEATURES = 30;
  static final String TOPIC = "bench-features";
  static final Path MODEL = Path.of("src/test/resources/models/bench-mlp-30");
  private static final long START = 1_700_000_000_000L;
  private static final int PROFILED = 20_000;

  private final Path directory;

  /**
   * @param directory where the schema and the data profile are written
   */
  Workload(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory);
    Files.writeString(schema(), schemaText());
    makeProfile();
  }

  Path schema() {
    return directory.resolve("BenchRecord.avsc");
  }

  Path profile() {
    return directory.resolve("data-profile.json");
  }

  static String schemaText() {
    StringBuilder schema =
        new StringBuilder(
            "{\"type\":\"record\",\"name\":\"BenchRecord\",\"fields\":["
                + "{\"name\":\"ts\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}}");
    for (int i = 0; i < FEATURES; i++) {
      schema.append(String.format(",{\"name\":\"f%02d\",\"type\":\"float\"}", i));
    }
    return schema.append("]}").toString();
  }

  /** Encodes the i-th record: Avro binary by hand, a zigzag varint and 30 floats. */
  static byte[] record(long i, SplittableRandom random) {
    ByteBuffer bytes = ByteBuffer.allocate(10 + 4 * FEATURES).order(ByteOrder.LITTLE_ENDIAN);
    long raw = (START + i) << 1;
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

  /** Fills the features topic. */
  void preload(String bootstrapServers, long records) {
    SplittableRandom random = new SplittableRandom(11);
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers, "linger.ms", "20", "batch.size", "262144"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (long i = 0; i < records; i++) {
        producer.send(
            new ProducerRecord<>(TOPIC, 0, null, record(i, random)),
            (metadata, error) -> {
              if (error != null) {
                failure.set(error);
              }
            });
      }
    }
    if (failure.get() != null) {
      throw new IllegalStateException("preloading failed", failure.get());
    }
  }

  private void makeProfile() throws IOException {
    ModelPackage model = ModelPackage.open(MODEL);
    List<String> problems = new ArrayList<>();
    var schema = SchemaFile.read("schema", schema().toString());
    FeatureLayout layout = new LayoutPlanner(schema, problems).inputs(model, Map.of()).layout();
    RowDecoder decoder = RowDecoder.compile(schema, layout, "ts");
    FeatureRow row = new FeatureRow(layout);
    FeatureBatch batch = new FeatureBatch(layout, PROFILED);
    SplittableRandom random = new SplittableRandom(12);
    for (int i = 0; i < PROFILED; i++) {
      try {
        decoder.decode(
            new EncodedRecord(TOPIC, 0, i, 0, null, record(i, random), Header.NONE), row);
      } catch (MalformedRecordException e) {
        throw new IllegalStateException("the workload is malformed", e);
      }
      batch.append(row);
    }
    ProfileBuilder builder = new ProfileBuilder(layout);
    builder.addInputs(batch);
    DataProfileFile.write(
        builder.build(model.name(), model.version(), model.sha256(), "bench", "", "UTC", "bench"),
        profile());
  }
}
