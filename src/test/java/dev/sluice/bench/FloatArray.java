package dev.sluice.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;

/**
 * Workloads (c) and (e): one array of floats, uniform from 0 up to a brightness that each record
 * has of its own, which is all that the model takes.
 *
 * @param input the model's input, of any shape with as many elements
 */
record FloatArray(
    String name,
    String title,
    double share,
    int recordsPerMilli,
    double perRecordShare,
    Path model,
    String input,
    List<Integer> shape)
    implements Workload {
  private static final String FIELD = "pixels";
  private static final Path DENSE = Path.of("../shared/data/crayfish-ffnn/model-ffnn.onnx");
  private static final Path CONVOLUTION = Path.of("src/test/resources/models/bench-conv-32");

  /** Workload (c): the dense net of the Crayfish benchmark, 784-32-32-32-32-10. */
  static FloatArray dense() {
    return new FloatArray(
        "c", "784 floats, dense net of Crayfish", 0.3, 15, 0.1, DENSE, "input", List.of(1, 784));
  }

  /** Workload (e): small images through two convolutions. */
  static FloatArray image() {
    return new FloatArray(
        "e", "image 3x32x32, convolution", 0.05, 3, 0.5, CONVOLUTION, "image", List.of(3, 32, 32));
  }

  private int width() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  @Override
  public Schema schema() {
    return EventTimes.record("FloatArray")
        .name(FIELD)
        .type(SchemaBuilder.array().items().floatType())
        .noDefault()
        .endRecord();
  }

  @Override
  public Map<String, String> inputs() {
    return Map.of(input, FIELD);
  }

  @Override
  public int profiled() {
    return 2_000;
  }

  @Override
  public Optional<String> absence() {
    return Files.exists(model) ? Optional.empty() : Optional.of("there is no " + model);
  }

  @Override
  public byte[] record(long number) {
    SplittableRandom random = EventTimes.random(number);
    int width = width();
    AvroOut out = new AvroOut().putLong(eventTime(number)).putLong(width);
    float brightness = (1 + (random.nextInt() >>> 8)) * 0x1p-24f;
    for (int i = 0; i < width; i++) {
      out.putFloat((random.nextInt() >>> 8) * 0x1p-24f * brightness);
    }
    return out.putLong(0).take();
  }

  @Override
  public HandDecoder decoder(BareRuntime runtime) {
    ByteBuffer pixels = runtime.buffer(input);
    AvroIn in = new AvroIn();
    int rowBytes = width() * Float.BYTES;
    return (record, row) -> {
      long eventTime = in.over(record).readLong();
      int at = row * rowBytes;
      for (long count = in.readLong(); count != 0; count = in.readLong()) {
        if (count < 0) {
          in.readLong(); // the block's size
        }
        int length = (int) Math.abs(count) * Float.BYTES;
        in.copy(length, pixels, at);
        at += length;
      }
      return eventTime;
    };
  }

  @Override
  public Map<String, OnnxTensor> tensors(OrtEnvironment environment, GenericRecord record)
      throws OrtException {
    List<?> pixels = (List<?>) record.get(FIELD);
    float[] row = new float[pixels.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = (Float) pixels.get(i);
    }
    long[] batchShape = new long[1 + shape.size()];
    batchShape[0] = 1;
    for (int i = 0; i < shape.size(); i++) {
      batchShape[i + 1] = shape.get(i);
    }
    return Map.of(input, OnnxTensor.createTensor(environment, FloatBuffer.wrap(row), batchShape));
  }
}
