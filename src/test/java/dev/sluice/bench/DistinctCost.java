package dev.sluice.bench;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.monitor.WindowPartial;
import dev.sluice.profile.Baselines;
import dev.sluice.profile.DataProfile;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.Severity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/**
 * What a record of one text costs before the model, and what the statistics of a window keep in
 * memory, against the number of distinct texts. Records are made in between, chunk by chunk, off
 * the clock: at every size they are as fresh in the caches as they are from a socket.
 */
final class DistinctCost implements AutoCloseable {
  private static final int CHUNK = 1024;
  private static final int LONGEST = 40;

  /** A prime that divides no number of texts used here, so that steps of it visit each text. */
  private static final long STRIDE = 7_368_787;

  private static final Schema SCHEMA =
      SchemaBuilder.record("Texts")
          .fields()
          .requiredLong(FloatRecords.EVENT_TIME)
          .requiredString("station")
          .endRecord();
  private static final FeatureLayout LAYOUT =
      new FeatureLayout(List.of(new FeatureColumn("station", ElementType.STRING, 1)), List.of());
  private static final DataProfile BASELINE =
      Baselines.expecting(
          List.of(
              Expectation.of(ExpectationType.PRESENT, "station", Severity.CRITICAL),
              Expectation.of(
                  ExpectationType.LENGTH,
                  List.of("station"),
                  Bounds.of(1.0, (double) LONGEST),
                  Severity.CRITICAL)));

  private final List<Long> sizes;
  private final int records;

  /**
   * All stages used so far. They are closed at the end only: Flink's task has a finalizer, so that
   * closed ones, 36 KiB each, would leave the heap at any time, also while it is measured.
   */
  private final List<FrontStages> used = new ArrayList<>();

  /**
   * @param sizes numbers of distinct texts
   * @param records how many records a pass takes, in which each text comes at least once
   */
  DistinctCost(List<Long> sizes, int records) {
    this.sizes = List.copyOf(sizes);
    this.records = records;
  }

  /** Measures all sizes in turn. */
  CostCurve measure(int rounds, int warmUp) throws Exception {
    List<List<Double>> nanos = sizes.stream().map(size -> newSamples()).toList();
    List<List<Double>> bytes = sizes.stream().map(size -> newSamples()).toList();
    for (int round = -warmUp; round < rounds; round++) {
      for (int i = 0; i < sizes.size(); i++) {
        List<Double> counted = round < 0 ? newSamples() : bytes.get(i);
        double spent = pass(sizes.get(i), counted);
        if (round >= 0) {
          nanos.get(i).add(spent);
        }
      }
    }
    CostSeries time = CostSeries.of("decode, validate, batch, profile", "ns per record");
    CostSeries memory = CostSeries.of("statistics in memory", "KiB");
    for (int i = 0; i < sizes.size(); i++) {
      time.add(nanos.get(i), records);
      memory.add(bytes.get(i), 1024);
    }
    return new CostCurve(
        "distinct",
        "What a text costs, by distinct texts",
        "distinct texts",
        sizes,
        List.of(time, memory));
  }

  private static List<Double> newSamples() {
    return new ArrayList<>();
  }

  /** Takes all records through new stages: a new window. */
  private double pass(long distinct, List<Double> bytes) throws Exception {
    EncodedRecord[] chunk = new EncodedRecord[CHUNK];
    long spent = 0;
    FrontStages stages = new FrontStages(SCHEMA, LAYOUT, BASELINE);
    used.add(stages);
    for (int from = 0; from < records; from += CHUNK) {
      int count = Math.min(CHUNK, records - from);
      for (int i = 0; i < count; i++) {
        chunk[i] = record(from + i, distinct);
      }
      long start = Rounds.cpuNanos();
      stages.accept(chunk, count);
      spent += Rounds.cpuNanos() - start;
    }
    WindowPartial[] statistics = {stages.takeStatistics()}; // the only reference to it
    long counted = statistics[0].records();
    if (counted != records) {
      throw new IllegalStateException(
          "statistics are of " + counted + " records, expected " + records);
    }
    bytes.add((double) HeapBytes.freedBy(statistics));
    return spent;
  }

  @Override
  public void close() {
    used.forEach(FrontStages::close);
  }

  private static EncodedRecord record(long i, long distinct) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * LONGEST);
    FloatRecords.putLong(FloatRecords.START + i, bytes);
    byte[] text = ("station " + i * STRIDE % distinct).getBytes(StandardCharsets.US_ASCII);
    FloatRecords.putLong(text.length, bytes);
    bytes.put(text);
    byte[] value = new byte[bytes.position()];
    bytes.flip().get(value);
    return FloatRecords.sourced(i, value);
  }
}
