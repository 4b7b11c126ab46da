package dev.sluice.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/**
 * What the profiles of a fixture's windows have to say of one column, counted from the records by
 * plain loops.
 */
final class WindowColumns {
  private final Schema schema;
  private final String column;
  private final Map<String, Numbers> windows = new TreeMap<>();

  /** Exact while all values are whole numbers. */
  private static final class Numbers {
    private long rows;
    private long missing;
    private double sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    private void add(Object value) {
      rows++;
      if (value == null) {
        missing++;
        return;
      }
      double number = ((Number) value).doubleValue();
      sum += number;
      min = Math.min(min, number);
      max = Math.max(max, number);
    }

    @Override
    public String toString() {
      return text(rows, missing, min, max, sum / (rows - missing));
    }
  }

  WindowColumns(Schema schema, String column) {
    this.schema = schema;
    this.column = column;
  }

  /**
   * Takes records.
   *
   * @param onTime which of those that can be decoded are to be profiled
   */
  void add(List<StateFixture.Sent> records, Predicate<GenericRecord> onTime) throws IOException {
    for (StateFixture.Sent sent : records) {
      if (sent.value().length > 3) { // else malformed
        GenericRecord record =
            new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(sent.value(), null));
        if (onTime.test(record)) {
          long window = Math.floorDiv((Long) record.get("ts"), StateFixture.WINDOW);
          add(window, "", record);
          add(window, record.get("station").toString(), record);
        }
      }
    }
  }

  private void add(long window, String segment, GenericRecord record) {
    windows.computeIfAbsent(window + "/" + segment, key -> new Numbers()).add(record.get(column));
  }

  /** Returns the numbers by window and segment. */
  Map<String, String> expected() {
    Map<String, String> expected = new TreeMap<>();
    windows.forEach((key, numbers) -> expected.put(key, numbers.toString()));
    return expected;
  }

  /** Returns the same of profiles that were published as final. */
  Map<String, String> published(List<GenericRecord> profiles) {
    Map<String, String> published = new TreeMap<>();
    for (GenericRecord profile : profiles) {
      for (Object each : (List<?>) profile.get("columns")) {
        GenericRecord found = (GenericRecord) each;
        if (found.get("name").toString().equals(column)
            && (Boolean) profile.get("final")
            && (Long) found.get("count") > 0) { // none in the window of malformed records
          long window = (Long) profile.get("windowStart") / StateFixture.WINDOW;
          published.merge(
              window + "/" + profile.get("segment"),
              text(
                  (Long) found.get("count"),
                  (Long) found.get("missing"),
                  (Double) found.get("min"),
                  (Double) found.get("max"),
                  (Double) found.get("mean")),
              (a, b) -> a + ", and once more " + b);
        }
      }
    }
    return published;
  }

  private static String text(long rows, long missing, double min, double max, double mean) {
    return "rows %d, missing %d, min %s, max %s, mean %.6f"
        .formatted(rows, missing, min, max, mean);
  }
}
