package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.DataProfile;
import dev.sluice.profile.build.PartOptions;
import dev.sluice.profile.build.ProfileBuilder;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole job with an array feature, whose elements are profiled in one column or in several. */
class ArrayProfilesITCase {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final int WIDTH = 6;
  private static final int GOOD = 90;
  private static final int SHIFTED = 10;
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "R", "fields": [
                {"name": "x", "type": {"type": "array", "items": "float"}}]}
              """);

  @TempDir private Path directory;

  /** Makes a baseline of rows whose element i is 10 i to 10 i + 4. */
  private Path baseline(boolean perElement) throws IOException {
    FeatureLayout layout =
        new FeatureLayout(List.of(new FeatureColumn("x", ElementType.FLOAT, WIDTH)), List.of());
    FeatureRow row = new FeatureRow(layout);
    FeatureBatch batch = new FeatureBatch(layout, 200);
    for (int i = 0; i < 200; i++) {
      row.reset(new EncodedRecord("file", 0, i, 0, null, new byte[0], Header.NONE));
      for (int element = 0; element < WIDTH; element++) {
        row.setDouble(element, 10 * element + i % 5);
      }
      row.setMissing(0, false);
      batch.append(row);
    }
    try (ProfileBuilder builder = new ProfileBuilder(layout, PartOptions.NONE, "", perElement)) {
      builder.addInputs(batch);
      DataProfile profile = builder.build("m", "1", "", "train", "", "UTC", "test");
      Path file = directory.resolve("profile.json");
      DataProfileFile.write(profile, file);
      return file;
    }
  }

  /** Runs the job on rows like the baseline's, and on some whose last element is as the first. */
  private JobRun run(String name, boolean perElement) throws Exception {
    Path schema = Files.writeString(directory.resolve("schema.avsc"), SCHEMA.toString());
    JobRun run =
        new JobRun("arrays-" + name, SERVERS.kafka().bootstrapServers(), SERVERS.flink(), 2)
            .option("features.schema", schema.toString())
            .option("model.uri", "src/test/resources/models/reordered-rank.onnx")
            .option("validation.profile", baseline(perElement).toString())
            .option("profile.window", "P10Y");
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      for (int i = 0; i < GOOD + SHIFTED; i++) {
        producer.send(run.feature(i % 2, null, bytes(i)));
      }
    }
    run.execute();
    return run;
  }

  private static byte[] bytes(int i) throws IOException {
    List<Float> values = new ArrayList<>();
    for (int element = 0; element < WIDTH; element++) {
      values.add((float) (10 * element + i % 5));
    }
    if (i >= GOOD) {
      values.set(WIDTH - 1, values.get(0));
    }
    GenericData.Record record = new GenericData.Record(SCHEMA);
    record.put("x", values);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(SCHEMA).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  /** Returns the profiled columns of the one window by name. */
  private static Map<String, GenericRecord> columns(JobRun run) throws IOException {
    Map<String, GenericRecord> columns = new TreeMap<>();
    for (GenericRecord profile : run.inputProfiles()) {
      for (Object column : (List<?>) profile.get("columns")) {
        columns.put(((GenericRecord) column).get("name").toString(), (GenericRecord) column);
      }
    }
    return columns;
  }

  @Test
  void elementsArePooledInOneColumnThatHasTheSizes() throws Exception {
    JobRun run = run("pooled", false);

    new Books(run).assertBalanced(GOOD + SHIFTED);
    assertThat(run.deadLetters()).isEmpty();
    Map<String, GenericRecord> columns = columns(run);
    assertThat(columns).containsOnlyKeys("x");
    GenericRecord x = columns.get("x");
    assertThat(x.get("count")).isEqualTo((long) (GOOD + SHIFTED) * WIDTH);
    assertThat(x.get("arrays")).isEqualTo((long) GOOD + SHIFTED);
    assertThat(x.get("minSize")).isEqualTo(WIDTH);
    assertThat(x.get("maxSize")).isEqualTo(WIDTH);
    assertThat(x.get("meanSize")).isEqualTo((double) WIDTH);
  }

  @Test
  void eachElementIsCheckedAndCountedByItself() throws Exception {
    JobRun run = run("per-element", true);

    Books books = new Books(run);
    books.assertBalanced(GOOD + SHIFTED);
    assertThat(books.reason("OUT_OF_RANGE")).isEqualTo(SHIFTED);
    assertThat(run.deadLetters())
        .allMatch(letter -> letter.get("violations").toString().contains("\"x[5]\""))
        .noneMatch(letter -> letter.get("violations").toString().contains("\"x[0]\""));
    Map<String, GenericRecord> columns = columns(run);
    assertThat(columns).containsOnlyKeys("x[0]", "x[1]", "x[2]", "x[3]", "x[4]", "x[5]");
    for (int element = 0; element < WIDTH; element++) {
      GenericRecord column = columns.get("x[" + element + "]");
      assertThat(column.get("count")).isEqualTo((long) GOOD + SHIFTED);
      assertThat(column.get("arrays")).isEqualTo(0L);
      assertThat(column.get("min")).isEqualTo(element == 5 ? 0.0 : 10.0 * element);
      assertThat(column.get("max")).isEqualTo(10.0 * element + 4);
      String verdict = ((GenericRecord) column.get("drift")).get("verdict").toString();
      assertThat(verdict).as("x[%d]", element).isNotNull();
    }
    GenericRecord range = result(run, "RANGE 'x[5]'");
    assertThat(range.get("evaluated")).isEqualTo((long) GOOD + SHIFTED);
    assertThat(range.get("unexpected")).isEqualTo((long) SHIFTED);
    assertThat(result(run, "RANGE 'x[4]'").get("met")).isEqualTo(true);
    assertThat(result(run, "PRESENT x").get("met")).isEqualTo(true);
  }

  private static GenericRecord result(JobRun run, String id) throws IOException {
    List<GenericRecord> found = new ArrayList<>();
    for (GenericRecord profile : run.inputProfiles()) {
      for (Object result : (List<?>) profile.get("expectationResults")) {
        if (((GenericRecord) result).get("id").toString().startsWith(id)) {
          found.add((GenericRecord) result);
        }
      }
    }
    assertThat(found).as(id).hasSize(1);
    return found.get(0);
  }
}
