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

  /** Writes a row whose decimal is 123 in its last digits. */
  private Path avro(String name, String text, long time) throws IOException {
    Schema schema = new Schema.Parser().parse(text);
    Path file = directory.resolve(name);
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      GenericRecord record = new GenericData.Record(schema);
      record.put("id", 1L);
      record.put("at", time);
      record.put("other", time);
      record.put("p", ByteBuffer.wrap(BigInteger.valueOf(123).toByteArray()));
      writer.create(schema, file.toFile()).append(record);
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

    CommandLineRun run =
        profile(day, "--schema", avsc(schema(MILLIS, 4)), "--event-time-field", "at");
    assertThat(run.err()).isEqualTo(message.formatted(day));
    assertThat(run.code()).isEqualTo(2);

    Path before = avro("before.avro", schema(MICROS, 4), 0);
    run = profile(before, day); // read as the first one is
    assertThat(run.err()).isEqualTo(message.formatted(day));
    assertThat(run.code()).isEqualTo(2);
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
            + ": field at is local-timestamp-micros,"
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
    CommandLineRun.isRefused(
        Scored.of("embedding-lookup.onnx", now, "--schema", avsc(schema(MILLIS, 3)).toString())
            .run(),
        now + ": field p is decimal(9,2), expected scale 3, as of decimal(9,3)");
  }
}
