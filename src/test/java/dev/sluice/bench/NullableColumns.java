package dev.sluice.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;

/**
 * Workload (d): 200 normal floats, each second one nullable and null in one record of twenty,
 * scored by an MLP 200-32-1 that takes NaN for missing.
 */
final class NullableColumns implements Workload {
  private static final int FEATURES = 200;
  private static final int ONE_NULL_IN = 20;
  private static final Path MODEL = Path.of("src/test/resources/models/bench-mlp-200");

  private final AvroOut out = new AvroOut();

  @Override
  public String name() {
    return "d";
  }

  @Override
  public String title() {
    return "200 columns, half nullable, MLP 200-32-1";
  }

  @Override
  public double share() {
    return 0.6;
  }

  @Override
  public int recordsPerMilli() {
    return 30;
  }

  @Override
  public double perRecordShare() {
    return 0.2;
  }

  @Override
  public Schema schema() {
    SchemaBuilder.FieldAssembler<Schema> fields = EventTimes.record("NullableColumns");
    for (int i = 0; i < FEATURES; i++) {
      String name = String.format("f%03d", i);
      fields = i % 2 == 0 ? fields.requiredFloat(name) : fields.optionalFloat(name);
    }
    return fields.endRecord();
  }

  @Override
  public Path model() {
    return MODEL;
  }

  @Override
  public byte[] record(long number) {
    SplittableRandom random = EventTimes.random(number);
    out.putLong(eventTime(number));
    for (int i = 0; i < FEATURES; i += 2) {
      out.putFloat((float) random.nextGaussian());
      if (random.nextInt(ONE_NULL_IN) == 0) {
        out.putLong(0);
      } else {
        out.putLong(1).putFloat((float) random.nextGaussian());
      }
    }
    return out.take();
  }

  @Override
  public HandDecoder decoder(BareRuntime runtime) {
    ByteBuffer features = runtime.buffer("features");
    AvroIn in = new AvroIn();
    return (record, row) -> {
      long eventTime = in.over(record).readLong();
      int first = row * FEATURES * Float.BYTES;
      for (int at = first; at < first + FEATURES * Float.BYTES; at += 2 * Float.BYTES) {
        features.putFloat(at, in.readFloat());
        features.putFloat(at + Float.BYTES, in.readNullableFloat());
      }
      return eventTime;
    };
  }

  @Override
  public Map<String, OnnxTensor> tensors(OrtEnvironment environment, GenericRecord record)
      throws OrtException {
    float[][] row = new float[1][FEATURES];
    for (int i = 0; i < FEATURES; i++) {
      Object value = record.get(i + 1);
      row[0][i] = value == null ? Float.NaN : (Float) value;
    }
    return Map.of("features", OnnxTensor.createTensor(environment, row));
  }
}
