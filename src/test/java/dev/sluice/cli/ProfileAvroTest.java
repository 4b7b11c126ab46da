package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Avro files whose own schema has other units than the one that they are read as. */
class ProfileAvroTest {
  private static final String MICROS = "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}";
  private static final String MILLIS = "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}";

  @TempDir Path directory;
  private Path out;
  private Path day;

  @BeforeEach
  void writeFile() throws IOException {
    out = directory.resolve("profile.json");
    day = avro("day.avro", schema(MICROS, 2), 1_500_000);
  }

  /** Returns a schema of rows with a time, one more, and a decimal of a scale. */
  private static String schema(String time, int scale) {
    String decimal =
        "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":" + scale + "}";
    return "{\"type\":\"record\",\"name\":\"Row\",\"fields\":["
        + "{\"name\":\"id\",\"type\":\"long\"},"
        + "{\"name\":\"at\",\"type\":[\"null\",%s],\"default\":null},".formatted(time)
        + "{\"name\":\"other\",\"type\":%s},".formatted(time)
        + "{\"name\":\"p\",\"type\":[\"null\",%s],\"default\":null}]}".formatted(decimal);
  }

  /** Returns the schema with a decimal that is never null. */
  private static String required(String schema) {
    return schema.replaceAll("\\[\"null\",(\\{\"type\":\"bytes\".*?\\})\\],\"default\":null", "$1");
  }

  /** Returns the schema with an array of decimals. */
  private static String inArray(String schema) {
    return required(schema)
        .replaceAll("\\{\"type\":\"bytes\".*?\\}", "{\"type\":\"array\",\"items\":$0}");
  }

  /** Writes a row whose decimal is 123 in its last digits. */
  private Path avro(String name, String text, long time) throws IOException {
    return avro(name, text, time, ByteBuffer.wrap(BigInteger.valueOf(123).toByteArray()));
  }

  /** Writes a row per decimal. */
  private Path avro(String name, String text, long time, Object... decimals) throws IOException {
    Schema schema = new Schema.Parser().parse(text);
    Path file = directory.resolve(name);
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      writer.create(schema, file.toFile());
      for (Object decimal : decimals) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("id", 1L);
        record.put("at", time);
        record.put("other", time);
        record.put("p", decimal);
        writer.append(record);
      }
    }
    return file;
  }

  private Path avsc(String text) throws IOException {
    return Files.writeString(directory.resolve("read.avsc"), text);
  }

  private CommandLineRun profile(Object... arguments) {
    List<String> all =
        new ArrayList<>(List.of("profile", "--overwrite", "--out", out.toString(), "--data"));
    for (Object argument : arguments) {
      all.add(argument.toString());
    }
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private DataProfile made(CommandLineRun run) throws IOException {
    assertThat(run.code()).as(run.err()).isZero();
    return DataProfileFile.read(out);
  }

  @Test
  void aDecimalOfAnotherScaleIsRefused() throws IOException {
    String message = "error: %s: field p is decimal(9,2), expected scale 4, as of decimal(9,4)\n";

    Path file = avro("prices.avro", required(schema(MICROS, 2)), 1_500_000);
    CommandLineRun run =
        profile(file, "--schema", avsc(required(schema(MILLIS, 4))), "--event-time-field", "at");
    assertThat(run.err()).isEqualTo(message.formatted(file));
    assertThat(run.code()).isEqualTo(2);

    Path before = avro("before.avro", required(schema(MICROS, 4)), 0);
    run = profile(before, file); // read as the first one is
    assertThat(run.err()).isEqualTo(message.formatted(file));
    assertThat(run.code()).isEqualTo(2);
  }

  /** As in the job, where a branch that cannot be read refuses the records that chose it. */
  @Test
  void aDecimalOfAnotherScaleInAUnionMakesItsRowMalformed() throws IOException {
    ByteBuffer price = ByteBuffer.wrap(new byte[] {123});
    Path file = avro("prices.avro", schema(MICROS, 2), 1_500_000, null, price);
    Path schema = avsc(schema(MILLIS, 4));
    String problem = "field p is decimal(9,2), expected scale 4, as of decimal(9,4)";

    CommandLineRun.isRefused(profile(file, "--schema", schema), file + " record 1: " + problem);
    DataProfile profile = made(profile(file, "--schema", schema, "--on-malformed", "skip"));
    assertThat(profile.counts().rows()).isEqualTo(1);

    Scored scored =
        Scored.of(
            "embedding-lookup.onnx",
            file,
            "--schema",
            schema.toString(),
            "--profile",
            out.toString());
    assertThat(scored.outputs(0).isEmpty()).isFalse();
    assertThat(scored.end(1)).isEqualTo("malformed UNDECODABLE record 1: " + problem);
  }

  @Test
  void aProfileOfAModelHasNoNeedOfArraysThatTheModelDoesNotTake() throws IOException {
    ByteBuffer price = ByteBuffer.wrap(new byte[] {123});
    Path file = avro("prices.avro", inArray(schema(MICROS, 2)), 1_500_000, List.of(price));
    Path schema = avsc(inArray(schema(MILLIS, 4)));

    CommandLineRun.isRefused(
        profile(file, "--schema", schema),
        file + ": field p is decimal(9,2), expected scale 4, as of decimal(9,4)");
    DataProfile profile =
        made(
            profile(
                file,
                "--schema",
                schema,
                "--event-time-field",
                "at",
                "--model",
                Scored.path("embedding-lookup.onnx")));
    assertThat(profile.columns()).extracting("name").containsExactly("id");
    assertThat(profile.dataSet().firstEventTime()).isEqualTo(1_500);
  }

  @Test
  void theEventTimeKeepsItsInstant() throws IOException {
    for (String time : List.of(MILLIS, "\"long\"")) {
      DataProfile profile =
          made(profile(day, "--schema", avsc(schema(time, 2)), "--event-time-field", "at"));
      assertThat(profile.dataSet().firstEventTime()).isEqualTo(1_500);
      assertThat(profile.dataSet().lastEventTime()).isEqualTo(1_500);
      assertThat(profile.column("p").orElseThrow().max()).isEqualTo(1.23);
    }

    Path millis = avro("millis.avro", schema(MILLIS, 2), 2_500);
    DataProfile both = made(profile(day, millis, "--event-time-field", "at"));
    assertThat(both.dataSet().firstEventTime()).isEqualTo(1_500);
    assertThat(both.dataSet().lastEventTime()).isEqualTo(2_500);
  }

  /** The job reads them so, whatever schema the records are written with. */
  @Test
  void otherTimesAreTheNumbersThatWereWritten() throws IOException {
    Path plain = avsc(schema("\"long\"", 2));

    DataProfile profile = made(profile(day, "--schema", plain, "--event-time-field", "at"));

    assertThat(profile.column("other").orElseThrow().max()).isEqualTo(1_500_000);
    assertThat(made(profile(day, "--schema", plain)).column("at").orElseThrow().max())
        .isEqualTo(1_500_000);
  }

  @Test
  void whatHoldsNoEventTimeIsRefused() throws IOException {
    String local = "{\"type\":\"long\",\"logicalType\":\"local-timestamp-micros\"}";
    Path file = avro("local.avro", schema(local, 2), 1);

    CommandLineRun.isRefused(
        profile(file, "--schema", avsc(schema(MILLIS, 2)), "--event-time-field", "at"),
        file
            + " record 0: field at is local-timestamp-micros,"
            + " expected what holds an event time, as timestamp-millis");
  }

  @Test
  void aTimeThatItsUnitCannotHoldIsMalformed() throws IOException {
    String nanos = "{\"type\":\"long\",\"logicalType\":\"timestamp-nanos\"}";
    Path file = avro("far.avro", schema(MILLIS, 2), 253_402_300_799_999L);

    CommandLineRun.isRefused(
        profile(file, "--schema", avsc(schema(nanos, 2)), "--event-time-field", "at"),
        file
            + " record 0: field at is 253402300799999 of timestamp-millis,"
            + " expected a time that timestamp-nanos can hold");
  }

  /** Microseconds that are taken for milliseconds lie tens of thousands of years ahead. */
  @Test
  void scoreReadsTheEventTimeAsTheJobDoes() throws IOException {
    long micros = 1_700_000_000_000_000L;
    Path now = avro("now.avro", schema(MICROS, 2), micros);

    Scored scored =
        Scored.of(
            "embedding-lookup.onnx",
            now,
            "--schema",
            avsc(schema(MILLIS, 2)).toString(),
            "--event-time-field",
            "at");

    assertThat(scored.outputs(0).isEmpty()).isFalse();
    String other = avsc(schema(MILLIS, 3)).toString();
    assertThat(Scored.of("embedding-lookup.onnx", now, "--schema", other).outputs(0).isEmpty())
        .as("a decimal of another scale that the model does not take")
        .isFalse();
  }

  @Test
  void scoreRefusesADecimalOfAnotherScaleThatModelOrProfileTakes() throws IOException {
    Path file = avro("prices.avro", required(schema(MICROS, 2)), 1_500_000);
    String schema = avsc(required(schema(MILLIS, 4))).toString();
    made(profile(avro("trained.avro", required(schema(MILLIS, 4)), 1_500)));

    assertThat(Scored.of("embedding-lookup.onnx", file, "--schema", schema).outputs(0).isEmpty())
        .isFalse();
    CommandLineRun.isRefused(
        Scored.of("embedding-lookup.onnx", file, "--schema", schema, "--profile", out.toString())
            .run(),
        "error: " + file + ": field p is decimal(9,2), expected scale 4, as of decimal(9,4)");
  }
}
