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

/** Workload (a): 30 normal floats, scored by an MLP 30-64-32-1. */
final class FloatColumns implements Workload {
  private static final int FEATURES = 30;
  private static final Path MODEL = Path.of("src/test/resources/models/bench-mlp-30");

  private final AvroOut out = new AvroOut();

  @Override
  public String name() {
    return "a";
  }

  @Override
  public String title() {
    return "30 floats, MLP 30-64-32-1";
  }

  @Override
  public double share() {
    return 2;
  }

  @Override
  public int recordsPerMilli() {
    return 100;
  }

  @Override
  public double perRecordShare() {
    return 0.05;
  }

  @Override
  public Schema schema() {
    SchemaBuilder.FieldAssembler<Schema> fields = EventTimes.record("FloatColumns");
    for (int i = 0; i < FEATURES; i++) {
      fields = fields.requiredFloat(String.format("f%02d", i));
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
    for (int i = 0; i < FEATURES; i++) {
      out.putFloat((float) random.nextGaussian());
    }
    return out.take();
  }

  @Override
  public HandDecoder decoder(BareRuntime runtime) {
    ByteBuffer features = runtime.buffer("features");
    AvroIn in = new AvroIn();
    return (record, row) -> {
      long eventTime = in.over(record).readLong();
      in.copy(FEATURES * Float.BYTES, features, row * FEATURES * Float.BYTES);
      return eventTime;
    };
  }

  @Override
  public Map<String, OnnxTensor> tensors(OrtEnvironment environment, GenericRecord record)
      throws OrtException {
    float[][] row = new float[1][FEATURES];
    for (int i = 0; i < FEATURES; i++) {
      row[0][i] = (Float) record.get(i + 1);
    }
    return Map.of("features", OnnxTensor.createTensor(environment, row));
  }
}
