package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRecordsTest {
  private static final Schema READING =
      SchemaBuilder.record("Reading")
          .fields()
          .requiredString("station")
          .requiredLong("hour")
          .optionalFloat("TEMP")
          .endRecord();

  @TempDir Path directory;

  private Path csv(String text) throws IOException {
    return Files.writeString(directory.resolve("a.csv"), text);
  }

  private static GenericRecord first(Path file, Schema schema) throws IOException {
    try (CsvRecords records = new CsvRecords(file, schema, "")) {
      return new RecordFormat(schema).decode(records.next().value());
    }
  }

  @Test
  void columnsAreMatchedByName() throws IOException {
    Path file = csv("TEMP,more,hour,station\n1.5,x,7,a\n,x,8,\n");
    try (CsvRecords records = new CsvRecords(file, READING, "station")) {
      assertThat(records.size()).isEqualTo(2);
      FeatureRecords.Feature one = records.next();
      assertThat(one.key()).asString(StandardCharsets.UTF_8).isEqualTo("a");
      assertThat(new RecordFormat(READING).decode(one.value()))
          .hasToString("{\"station\": \"a\", \"hour\": 7, \"TEMP\": 1.5}");
      assertThat(new RecordFormat(READING).decode(records.next().value()))
          .hasToString("{\"station\": \"\", \"hour\": 8, \"TEMP\": null}");
      assertThat(records.next()).isNull();
    }
  }

  @Test
  void aFieldThatCannotBeNullNeedsAColumn() throws IOException {
    Path file = csv("TEMP,Station\n1.5,a\n");

    assertThatThrownBy(() -> new CsvRecords(file, READING, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            file
                + " has no column station, hour, expected one per field of Reading that cannot be"
                + " null; its columns are TEMP, Station");
  }

  @Test
  void theKeyNeedsAColumn() throws IOException {
    Path file = csv("station,hour\na,7\n");

    assertThatThrownBy(() -> new CsvRecords(file, READING, "TEMP"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no column TEMP (the key)");
  }

  @Test
  void aFieldThatCanBeNullNeedsNone() throws IOException {
    assertThat(first(csv("station,hour\na,7\n"), READING).get("TEMP")).isNull();
  }

  @Test
  void aTimeOnAWholeMinuteNeedsNoSeconds() throws IOException {
    Schema schema =
        SchemaBuilder.record("Reading")
            .fields()
            .name("ts")
            .type(LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)))
            .noDefault()
            .endRecord();
    Path file = csv("ts\n2023-11-14T22:13Z\n2023-11-15T06:13+08:00\n2023-11-14T22:13:00Z\n");
    RecordFormat format = new RecordFormat(schema);
    try (CsvRecords records = new CsvRecords(file, schema, "")) {
      for (int i = 0; i < 3; i++) {
        assertThat(format.decode(records.next().value()).get("ts")).isEqualTo(1_699_999_980_000L);
      }
    }
  }

  @Test
  void aByteOrderMarkIsSkipped() throws IOException {
    String text = "\uFEFFstation,hour\na,7\n";
    assertThat(first(csv(text), READING).get("station")).hasToString("a");

    Path gzipped = directory.resolve("a.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzipped))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(first(gzipped, READING).get("station")).hasToString("a");
  }

  @Test
  void typesThatNoCellHoldsAreRefusedTogether() throws IOException {
    Schema nested =
        SchemaBuilder.record("Nested")
            .fields()
            .requiredLong("hour")
            .name("place")
            .type(READING)
            .noDefault()
            .name("tags")
            .type()
            .array()
            .items()
            .stringType()
            .noDefault()
            .name("names")
            .type()
            .map()
            .values()
            .stringType()
            .noDefault()
            .endRecord();
    Path file = csv("hour,place,tags,names\n1,a,b,c\n");

    assertThatThrownBy(() -> new CsvRecords(file, nested, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a CSV cell cannot hold place (record), tags (array), names (map) of Nested, expected"
                + " numbers, booleans, strings and enums");
  }

  @Test
  void aFieldThatIsAlwaysNullIsNoCrash() throws IOException {
    Schema schema =
        SchemaBuilder.record("Reading")
            .fields()
            .requiredLong("hour")
            .name("nothing")
            .type()
            .nullType()
            .noDefault()
            .endRecord();

    assertThat(first(csv("hour\n7\n"), schema).get("nothing")).isNull();
  }

  @Test
  void aSymbolThatTheEnumLacksIsNamed() throws IOException {
    Schema schema =
        SchemaBuilder.record("Reading")
            .fields()
            .name("wd")
            .type()
            .enumeration("Wind")
            .symbols("N", "S")
            .noDefault()
            .endRecord();
    try (CsvRecords records = new CsvRecords(csv("wd\nN\nX\n"), schema, "")) {
      assertThat(records.next()).isNotNull();
      assertThatThrownBy(records::next)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("line 3: column wd is 'X', expected one of [N, S]");
    }
  }

  @Test
  void aFileWithoutRowsIsRefused() throws IOException {
    assertThatThrownBy(() -> new CsvRecords(csv("station,hour\n"), READING, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a.csv has no rows below its header");
    assertThatThrownBy(() -> new CsvRecords(csv(""), READING, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a.csv is empty");
  }

  @Test
  void aRaggedFileIsRefused() throws IOException {
    Path file = csv("station,hour\na,7\nb\n");

    assertThatThrownBy(() -> new CsvRecords(file, READING, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a.csv is no CSV: ");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> new CsvRecords(directory.resolve("no.csv"), READING, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no.csv does not exist");
    assertThatThrownBy(() -> new CsvRecords(directory, READING, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no file");
  }
}
