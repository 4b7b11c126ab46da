package dev.sluice.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.Patterns;
import dev.sluice.profile.Baselines;
import dev.sluice.profile.DataProfile;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Severity;
import dev.sluice.validate.RecordValidator;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged records through decoding and validation: nothing is thrown, kept or over-allocated. */
@Timeout(300)
class FuzzedRecordsTest {
  private static final int RECORDS = 100_000;
  private static final int SCHEMAS = 50;

  /** A damaged record is a few KB; its texts, messages and violations are a few times that. */
  private static final long MOST_BYTES_PER_RECORD = 1_000_000;

  /** A recursive schema as well: nesting has no bound but the decoder's. */
  private static final String RECURSIVE =
      """
      {"type":"record","name":"Node","fields":[
        {"name":"x","type":"double"},
        {"name":"children","type":{"type":"array","items":"Node"}},
        {"name":"named","type":{"type":"map","values":["null","Node","bytes"]}},
        {"name":"s","type":["null","string"]}]}""";

  @Test
  void theBooksBalanceWhateverTheBytes() {
    Random random = new Random(41);
    RandomAvro avro = new RandomAvro(41);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int[] books = new int[3];
    long most = 0;
    long heap = -1;
    for (int s = 0; s < SCHEMAS; s++) {
      Schema schema = s % 10 == 0 ? new Schema.Parser().parse(RECURSIVE) : avro.record(3);
      Subject subject = new Subject(schema, avro);
      for (int i = 0; i < RECORDS / SCHEMAS; i++) {
        byte[] bytes = DamagedBytes.of(subject.records.get(i % subject.records.size()), random);
        long before = threads.getCurrentThreadAllocatedBytes();
        books[subject.process(bytes)]++;
        if (s > 0) { // the first one loads classes
          most = Math.max(most, threads.getCurrentThreadAllocatedBytes() - before);
        }
      }
      heap = s == SCHEMAS / 5 ? usedHeap() : heap;
    }
    assertThat(books[0] + books[1] + books[2]).as("read").isEqualTo(RECORDS);
    assertThat(books[0]).as("malformed").isGreaterThan(RECORDS / 4);
    assertThat(books[1]).as("rejected").isGreaterThan(RECORDS / 100);
    assertThat(books[2]).as("valid").isGreaterThan(RECORDS / 100);
    assertThat(most).as("bytes for one record").isLessThan(MOST_BYTES_PER_RECORD);
    assertThat(usedHeap() - heap).as("bytes kept").isLessThan(20 << 20);
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  /** One schema's decoder and validator, and good records of it. */
  private static final class Subject {
    private final RowDecoder decoder;
    private final RecordValidator validator;
    private final FeatureRow row;
    private final List<byte[]> records = new ArrayList<>();

    Subject(Schema schema, RandomAvro avro) {
      List<FeatureColumn> columns = new ArrayList<>();
      for (String path : FeatureFields.scalars(schema)) {
        columns.add(FeatureFields.column(schema, path, 1));
      }
      FeatureLayout layout = AvroRecords.layout(columns);
      decoder = RowDecoder.compile(schema, layout, "");
      validator = RecordValidator.compile(layout, profile(columns), "", Duration.ofHours(1));
      row = new FeatureRow(layout);
      for (int i = 0; i < 20; i++) {
        records.add(
            schema.getName().equals("Node")
                ? AvroRecords.write(new Nodes(schema, i).node(3))
                : AvroRecords.write(avro.datum(schema)));
      }
    }

    /** Returns 0 for a malformed record, 1 for a rejected and 2 for a valid one. */
    int process(byte[] bytes) {
      try {
        decoder.decode(AvroRecords.encoded(bytes), row);
      } catch (MalformedRecordException e) {
        assertThat(e.getMessage().length()).as("a bounded message").isLessThan(1_000);
        return 0;
      }
      return validator.check(row) ? 2 : 1;
    }
  }

  private static DataProfile profile(List<FeatureColumn> columns) {
    List<Expectation> expectations = new ArrayList<>();
    for (FeatureColumn column : columns) {
      String name = column.name();
      if (column.type() == ElementType.STRING) {
        expectations.add(
            of(ExpectationType.LENGTH, name, Bounds.of(0.0, 1000.0), Severity.CRITICAL));
        expectations.add(
            Expectation.of(
                ExpectationType.REGEX,
                List.of(name),
                new Patterns(List.of("^(a|b|c)*x+$"), false),
                Severity.INFO));
      } else {
        expectations.add(of(ExpectationType.RANGE, name, Bounds.of(-1e9, 1e18), Severity.CRITICAL));
        expectations.add(Expectation.of(ExpectationType.NOT_NAN, name, Severity.WARNING));
      }
    }
    return Baselines.expecting(expectations);
  }

  private static Expectation of(
      ExpectationType type, String column, Bounds bounds, Severity severity) {
    return Expectation.of(type, List.of(column), bounds, severity);
  }
}
