package dev.sluice.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Workload (b): the twelve mixed columns of real readings, two of them texts, scored by boosted
 * trees. After {@value #ROWS} records the readings come again. Their event times are made up, as
 * {@link Workload} says: of the real ones twelve readings make a window of an hour.
 */
final class AirQuality implements Workload {
  static final int ROWS = 315_648;
  private static final Path READINGS = Path.of("../shared/data/beijing-air/stream.csv.gz");
  private static final Path MODEL = Path.of("../shared/data/models/mlflow-gbt");
  private static final Path SCHEMA = Path.of("schemas/AirQualityReading.avsc");

  /** The nullable floats that the model takes, in the order of the record. */
  private static final List<String> FLOATS =
      List.of("SO2", "NO2", "CO", "O3", "TEMP", "PRES", "DEWP", "RAIN", "WSPM");

  /** How many of them stand before the wind direction. */
  private static final int BEFORE_WIND = 8;

  private final AvroOut out = new AvroOut();
  private byte[][] readings;

  @Override
  public String name() {
    return "b";
  }

  @Override
  public String title() {
    return "12 mixed columns, boosted trees";
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
    try {
      return new Schema.Parser().parse(SCHEMA.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + SCHEMA, e);
    }
  }

  @Override
  public Path model() {
    return MODEL;
  }

  @Override
  public Map<String, String> inputs() {
    return Map.of();
  }

  /** All: a gust or a rainfall that only others have would be out of the suggested range. */
  @Override
  public int profiled() {
    return ROWS;
  }

  @Override
  public Optional<String> absence() {
    return Files.exists(MODEL) && Files.exists(READINGS)
        ? Optional.empty()
        : Optional.of("there are no " + MODEL + " and " + READINGS);
  }

  @Override
  public byte[] record(long number) {
    if (readings == null) {
      readings = ReadingRows.read(READINGS, schema());
    }
    byte[] reading = readings[(int) (number % readings.length)];
    return out.putLong(eventTime(number)).putRaw(reading).take();
  }

  @Override
  public HandDecoder decoder(BareRuntime runtime) {
    return new Decoder(runtime);
  }

  private static final class Decoder implements HandDecoder {
    private final AvroIn in = new AvroIn();
    private final Texts texts = new Texts();
    private final String[] stations = new String[BATCH_ROWS];
    private final String[] winds = new String[BATCH_ROWS];
    private final ByteBuffer[] floats;
    private final ByteBuffer hours;
    private final BareRuntime runtime;

    Decoder(BareRuntime runtime) {
      this.runtime = runtime;
      floats = FLOATS.stream().map(runtime::buffer).toArray(ByteBuffer[]::new);
      hours = runtime.buffer("hour");
      Arrays.fill(stations, "");
      Arrays.fill(winds, "");
    }

    @Override
    public long decode(byte[] record, int row) {
      long eventTime = in.over(record).readLong();
      stations[row] = in.readText(texts);
      for (int i = 0; i < BEFORE_WIND; i++) {
        floats[i].putFloat(row * Float.BYTES, in.readNullableFloat());
      }
      winds[row] = in.readNullableText(texts);
      floats[BEFORE_WIND].putFloat(row * Float.BYTES, in.readNullableFloat());
      hours.putLong(row * Long.BYTES, in.readLong());
      return eventTime;
    }

    @Override
    public void complete() throws OrtException {
      runtime.texts("station", stations);
      runtime.texts("wd", winds);
    }
  }

  @Override
  public Map<String, OnnxTensor> tensors(OrtEnvironment environment, GenericRecord record)
      throws OrtException {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    for (String name : FLOATS) {
      Object value = record.get(name);
      float number = value == null ? Float.NaN : (Float) value;
      tensors.put(name, OnnxTensor.createTensor(environment, new float[][] {{number}}));
    }
    long[][] hour = {{(Long) record.get("hour")}};
    tensors.put("hour", OnnxTensor.createTensor(environment, hour));
    for (String name : List.of("station", "wd")) {
      Object value = record.get(name);
      String[] text = {value == null ? "" : value.toString()};
      tensors.put(name, OnnxTensor.createTensor(environment, text, new long[] {1, 1}));
    }
    return tensors;
  }
}
