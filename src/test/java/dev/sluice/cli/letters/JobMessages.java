package dev.sluice.cli.letters;

import dev.sluice.avro.Prediction;
import dev.sluice.encode.AlarmEncoder;
import dev.sluice.encode.ProfileEncoder;
import dev.sluice.expect.ExpectationType;
import dev.sluice.profile.Advice;
import dev.sluice.profile.AdviceKind;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmCourse;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.Distinct;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.Histogram;
import dev.sluice.profile.NumberSummary;
import dev.sluice.profile.Occurrences;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.Sums;
import dev.sluice.profile.WindowFindings;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Values of messages as the job writes them. */
public final class JobMessages {
  static final long START = 1_769_846_400_000L; // 2026-01-31T08:00:00Z
  static final String EVIL = "\u001b[2J\u202e\r\nroot:";
  private static final String MODEL = "ab".repeat(32);
  private static final String BASELINE = "cd".repeat(32);

  private JobMessages() {}

  /** Returns a prediction with an output of each shape, one warning and one feature. */
  public static byte[] prediction() {
    Schema schema = Prediction.getClassSchema();
    Schema output = schema.getField("outputs").schema().getElementType();
    Schema floats = output.getField("value").schema().getTypes().get(9);
    Schema violation = schema.getField("warnings").schema().getElementType();
    List<GenericRecord> outputs =
        List.of(
            output(output, "pm25", List.of(), 12.5f),
            output(
                output,
                "levels",
                List.of(20, 5),
                new GenericRecordBuilder(floats)
                    .set("values", Collections.nCopies(100, 0.25f))
                    .build()));
    GenericRecord warning =
        new GenericRecordBuilder(violation)
            .set("column", "PRES")
            .set("reason", "OUT_OF_RANGE")
            .set("severity", "warning")
            .set("value", "1101.0")
            .set("expectation", "range [920, 1100]")
            .set("bound", "[920, 1100]")
            .build();
    return bytes(
        new GenericRecordBuilder(schema)
            .set("key", null)
            .set("topic", "features")
            .set("partition", 1)
            .set("offset", 17L)
            .set("eventTime", START)
            .set("modelName", "pm25")
            .set("modelVersion", "3")
            .set("modelSha256", MODEL)
            .set("outputs", outputs)
            .set("warnings", List.of(warning))
            .set("features", Map.of("station", EVIL))
            .build());
  }

  private static GenericRecord output(
      Schema schema, String name, List<Integer> shape, Object value) {
    return new GenericRecordBuilder(schema)
        .set("name", name)
        .set("shape", shape)
        .set("value", value)
        .build();
  }

  /** Returns the profile of a window's column with 200 edges, 500 values and two expectations. */
  public static byte[] profile() {
    List<Double> edges = IntStream.range(0, 200).mapToObj(i -> (double) i).toList();
    Map<String, Long> values =
        IntStream.range(0, 500).boxed().collect(Collectors.toMap(i -> i + ".0", i -> 1L));
    ColumnProfile column =
        ColumnProfile.ofNumbers(
            "TEMP",
            ElementType.FLOAT,
            0,
            new NumberSummary(
                0,
                0,
                0,
                1,
                0.0,
                499.0,
                new Sums(0, 500, 0, BigInteger.TEN, BigInteger.TEN),
                new Histogram(edges, counts(), List.of(5.0))),
            new Occurrences(values, false, Map.of()),
            new Distinct(500, 0, true));
    return new ProfileEncoder()
        .map(
            new DataProfile(
                DataProfile.FORMAT_VERSION,
                ProfileKind.INPUT,
                new ProfiledModel("pm25", "3", MODEL),
                new ProfiledWindow(BASELINE, "", START, START + 3_600_000, "PT1H", "UTC", 0),
                new RowCounts(500, 3, 0),
                List.of(column),
                List.of(),
                List.of(),
                null,
                "test",
                new WindowFindings(List.of(result(false), result(null)), List.of()),
                List.of()))
        .value();
  }

  private static List<Long> counts() {
    return IntStream.rangeClosed(0, 200).mapToObj(i -> i < 200 ? 1L : 300L).toList();
  }

  private static ExpectationResult result(Boolean met) {
    return new ExpectationResult(
        "MEAN TEMP",
        ExpectationType.MEAN,
        "mean [0, 5]",
        List.of("TEMP"),
        Severity.CRITICAL,
        500,
        0,
        null,
        1,
        "9.5",
        met,
        met == null ? "too close to say" : "");
  }

  /** Returns an alarm. */
  public static byte[] alarm() {
    return new AlarmEncoder()
        .map(
            new Alarm(
                    AlarmKind.EXPECTATION,
                    Severity.CRITICAL,
                    ProfileKind.INPUT,
                    new ProfiledModel("pm25", "3", MODEL),
                    new ProfiledWindow(BASELINE, EVIL, START, START + 3_600_000, "PT1H", "UTC", 0),
                    List.of("TEMP"),
                    "MEAN TEMP",
                    "mean [0, 5]",
                    "9.5",
                    500,
                    0,
                    "TEMP: got 9.5, expected mean [0, 5]")
                .raised(
                    new AlarmCourse(START - 3_600_000, 2, 3),
                    new Advice(AdviceKind.WATCH, List.of("it is warm" + EVIL, "so it is")),
                    1.99e-4))
        .value();
  }

  /** Returns an alarm that has no window, cleared. */
  static byte[] silence() {
    ProfiledWindow none = new ProfiledWindow(BASELINE, "", null, null, "", "", 0);
    Alarm silent =
        new Alarm(
            AlarmKind.FEED_SILENT,
            Severity.CRITICAL,
            ProfileKind.INPUT,
            new ProfiledModel("pm25", "3", MODEL),
            none,
            List.of(),
            "",
            "a record at least every 15 min",
            "none",
            0,
            0,
            "no record has come");
    AlarmCourse course = new AlarmCourse(START, 0, 0);
    return new AlarmEncoder().map(silent.cleared(none, course, "records come again")).value();
  }

  /** Returns a dead letter as it was written before violations had a bound. */
  static byte[] letterWithoutBound() {
    Schema schema = OurRecords.letterWithoutBound();
    Schema violation = schema.getField("violations").schema().getElementType();
    GenericRecord unmet =
        new GenericRecordBuilder(violation)
            .set("column", "PRES")
            .set("reason", "OUT_OF_RANGE")
            .set("severity", "critical")
            .set("value", "-9999.0")
            .set("expectation", "range [920, 1100]")
            .build();
    return bytes(
        new GenericRecordBuilder(schema)
            .set(
                "kind",
                new org.apache.avro.generic.GenericData.EnumSymbol(
                    schema.getField("kind").schema(), "REJECTED"))
            .set("reason", "OUT_OF_RANGE")
            .set("message", "feature PRES is -9999.0, expected range [920, 1100]")
            .set("violations", List.of(unmet, unmet))
            .set("topic", "features")
            .set("partition", 1)
            .set("offset", 5L)
            .set("kafkaTimestamp", START)
            .set("eventTime", null)
            .set("key", null)
            .set("value", java.nio.ByteBuffer.wrap(new byte[] {1, 2}))
            .set("valueSize", 2)
            .set("truncated", false)
            .set("headers", List.of())
            .set("modelName", "pm25")
            .set("modelVersion", "3")
            .set("modelSha256", MODEL)
            .set("profileSha256", BASELINE)
            .build());
  }

  private static byte[] bytes(GenericRecord record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }
}
