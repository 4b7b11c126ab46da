package dev.sluice.bench;

import dev.sluice.config.WireFormat;
import dev.sluice.decode.FeatureFields;
import dev.sluice.decode.MapSchemas;
import dev.sluice.decode.RecordDecoder;
import dev.sluice.decode.RecordDecoding;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The time to decode {@value #ROWS} different records into {@value #COLUMNS} columns, in one
 * thread. A sample is short, so that the median does not tell what else the machine does. Columns:
 * 10 floats, 5 doubles, 5 longs, 5 texts and 5 nullable floats. Writers have one field of their own
 * that nobody reads, and ints for some longs.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgs = "-Xmx256m")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {
  static final int COLUMNS = 30;
  static final int ROWS = 1_000;
  static final int SCHEMAS = 50;
  private static final int GROUP = 5;

  /** What the records are. */
  @Param public Kind kind;

  private final EncodedRecord[] records = new EncodedRecord[ROWS];
  private RecordDecoder decoder;
  private FeatureRow row;

  /** How records are framed, and what their schemas have in common. */
  public enum Kind {
    /** Plain Avro of the reader's schema. */
    PLAIN,
    /** Confluent's format, all by one writer. */
    ONE,
    /** Versions of one schema, each record by another than the one before. */
    VERSIONS,
    /** The fields of each writer in an order of its own; all by one. */
    ONE_SHUFFLED,
    /** The fields of each writer in an order of its own, each record by another writer. */
    SHUFFLED;

    boolean isShuffled() {
      return this == ONE_SHUFFLED || this == SHUFFLED;
    }

    boolean isOne() {
      return this == ONE || this == ONE_SHUFFLED;
    }
  }

  /** Compiles the decoders and draws the records. */
  @Setup
  public void open() throws Exception {
    Random random = new Random(6);
    Schema reader = schema(fields(false), "unread");
    MapSchemas schemas = new MapSchemas();
    List<Schema> writers = new ArrayList<>();
    for (int id = 0; id < SCHEMAS; id++) {
      writers.add(kind.isShuffled() ? shuffled(id, random) : version(id, random));
      schemas.put(MapSchemas.id(id), writers.get(id));
    }
    FeatureLayout layout =
        new FeatureLayout(
            fields(false).stream()
                .map(field -> FeatureFields.column(reader, field.name(), 1))
                .toList(),
            List.of());
    WireFormat format = kind == Kind.PLAIN ? WireFormat.PLAIN : WireFormat.CONFLUENT;
    decoder =
        RecordDecoder.open(
            new RecordDecoding(format, reader.toString(), reader.toString(), schemas), layout, "");
    row = new FeatureRow(layout);
    for (int i = 0; i < ROWS; i++) {
      int id = kind.isOne() ? 0 : i % SCHEMAS;
      byte[] value =
          kind == Kind.PLAIN
              ? encode(datum(reader, random), -1)
              : encode(datum(writers.get(id), random), id);
      records[i] = new EncodedRecord("features", 0, i, 0, null, value, Header.NONE);
    }
  }

  private static List<Schema.Field> fields(boolean ints) {
    List<Schema.Field> fields = new ArrayList<>();
    for (int i = 0; i < COLUMNS; i++) {
      Schema type =
          switch (i / GROUP) {
            case 0, 1 -> Schema.create(Schema.Type.FLOAT);
            case 2 -> Schema.create(Schema.Type.DOUBLE);
            case 3 -> Schema.create(ints && i % 2 == 0 ? Schema.Type.INT : Schema.Type.LONG);
            case 4 -> Schema.create(Schema.Type.STRING);
            default ->
                Schema.createUnion(
                    Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.FLOAT));
          };
      fields.add(new Schema.Field("f" + i, type));
    }
    return fields;
  }

  private static Schema schema(List<Schema.Field> fields, String unread) {
    List<Schema.Field> all = new ArrayList<>(fields);
    all.add(new Schema.Field(unread, Schema.create(Schema.Type.STRING)));
    return Schema.createRecord("Reading", null, "bench", false, all);
  }

  /** One field is of its own and unread, somewhere, and one that the reader has is an int. */
  private static Schema version(int id, Random random) {
    List<Schema.Field> fields = fields(false);
    int changed = 3 * GROUP + random.nextInt(GROUP);
    fields.set(changed, new Schema.Field("f" + changed, Schema.create(Schema.Type.INT)));
    fields.add(
        random.nextInt(COLUMNS + 1),
        new Schema.Field("own" + id, Schema.create(Schema.Type.STRING)));
    return Schema.createRecord("Reading", null, "bench", false, fields);
  }

  /** Groups change places, and the fields of each begin with another one. */
  private static Schema shuffled(int id, Random random) {
    List<Schema.Field> fields = fields(true);
    List<List<Schema.Field>> groups = new ArrayList<>();
    groups.add(new ArrayList<>(fields.subList(0, 2 * GROUP)));
    for (int first = 2 * GROUP; first < COLUMNS; first += GROUP) {
      groups.add(new ArrayList<>(fields.subList(first, first + GROUP)));
    }
    Collections.shuffle(groups, random);
    groups.forEach(group -> Collections.rotate(group, 1 + random.nextInt(group.size() - 1)));
    return schema(groups.stream().flatMap(List::stream).toList(), "own" + id);
  }

  private static GenericRecord datum(Schema schema, Random random) {
    GenericRecord record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      Object value =
          switch (field.schema().getType()) {
            case FLOAT -> (float) random.nextGaussian();
            case DOUBLE -> random.nextGaussian();
            case INT -> random.nextInt(100_000);
            case LONG -> (long) random.nextInt(100_000);
            case UNION -> random.nextInt(10) == 0 ? null : (Object) (float) random.nextGaussian();
            default -> "station " + random.nextInt(200);
          };
      record.put(field.pos(), value);
    }
    return record;
  }

  private static byte[] encode(GenericRecord record, int id) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (id >= 0) {
      out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
    }
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  /** Decodes each of the records; the sum of one value of each. */
  @Benchmark
  public double records() throws Exception {
    double sum = 0;
    for (EncodedRecord record : records) {
      decoder.decode(record, row);
      sum += row.doubleAt(3);
    }
    return sum;
  }
}
