package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.OptionException;
import dev.sluice.config.OptionReader;
import dev.sluice.config.WireFormat;
import dev.sluice.decode.SchemaKey;
import dev.sluice.decode.WriterSchema;
import dev.sluice.decode.WriterSchemas;
import dev.sluice.model.verify.Findings;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureFormatsTest {
  private static final FeatureLayout LAYOUT =
      new FeatureLayout(List.of(new FeatureColumn("v", ElementType.DOUBLE, 1)), List.of());

  @TempDir private Path directory;

  private final List<String> problems = new ArrayList<>();
  private final Findings findings = new Findings();

  private FeatureFormats read(String... keysAndValues) {
    return read(schema("\"double\""), keysAndValues);
  }

  private FeatureFormats read(Schema reader, String... keysAndValues) {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", "localhost:1");
    options.put("features.schema", "unused");
    options.put("model.uri", "unused");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      options.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return FeatureFormats.read(OptionReader.read(options).formats(), reader, problems);
  }

  private static Schema schema(String type) {
    return new Schema.Parser().parse(json(type));
  }

  private static String json(String type) {
    return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"v\",\"type\":"
        + type
        + "}]}";
  }

  private String file(String name, String type) throws IOException {
    return Files.writeString(directory.resolve(name), json(type)).toString();
  }

  @Test
  void isPlainOfTheReadersSchemaByDefault() {
    var decoding = read().decoding(WriterSchemas.NONE);
    assertThat(problems).isEmpty();
    assertThat(decoding.format()).isEqualTo(WireFormat.PLAIN);
    assertThat(decoding.given()).isEqualTo(decoding.reader()).isEqualTo(schema("\"double\""));
    assertThat(decoding.schemas()).isSameAs(WriterSchemas.NONE);
  }

  @Test
  void checksTheGivenWriter() throws IOException {
    FeatureFormats wider = read("features.writer-schema", file("int.avsc", "\"int\""));
    wider.check(LAYOUT, "", findings, problems);
    assertThat(problems).isEmpty();
    assertThat(wider.decoding(WriterSchemas.NONE).given()).isEqualTo(schema("\"int\""));

    read("features.writer-schema", file("text.avsc", "\"string\""))
        .check(LAYOUT, "", findings, problems);
    assertThat(problems)
        .containsExactly(
            "features.writer-schema cannot be read as features.schema: field v is string,"
                + " expected double");
  }

  /** Whether all records are the given writer's or only those that name it. */
  @ParameterizedTest
  @CsvSource({"plain", "single-object", "auto"})
  void refusesTheGivenWriterWhoseRecordsNobodyCouldRead(String format) throws IOException {
    String[] options = {
      "features.format", format, "registry.url", "http://h", "features.writer-schema", ""
    };
    options[5] = file("float.avsc", "\"float\"");
    read(options).check(LAYOUT, "", findings, problems);
    assertThat(problems).isEmpty();

    options[5] = file("text.avsc", "\"string\"");
    read(options).check(LAYOUT, "", findings, problems);
    assertThat(problems)
        .containsExactly(
            "features.writer-schema cannot be read as features.schema: field v is string,"
                + " expected double");
  }

  @Test
  void saysWhatTheFormatHasNoUseFor() throws IOException {
    String text = file("text.avsc", "\"string\"");
    read("features.schemas", text).check(LAYOUT, "", findings, problems);
    read(
            "features.format",
            "confluent",
            "registry.url",
            "http://h",
            "features.schemas",
            text,
            "features.writer-schema",
            text)
        .check(LAYOUT, "", findings, problems);
    assertThat(problems).isEmpty();
    assertThat(findings.warnings())
        .containsExactly(
            "features.schemas is not used: features.format is plain",
            "features.writer-schema is not used: features.format is confluent",
            "features.schemas is not used: features.format is confluent");
  }

  @Test
  void findsSchemasOfFilesAndDirectoriesByFingerprint() throws Exception {
    String file = file("one.avsc", "\"int\"");
    Path more = Files.createDirectory(directory.resolve("more"));
    Files.writeString(more.resolve("a.avsc"), json("\"long\""));
    Files.writeString(more.resolve("b.avsc"), json("\"string\""));
    Files.writeString(more.resolve("c.txt"), "no schema");
    FeatureFormats formats =
        read("features.format", "single-object", "features.schemas", file + "," + more);
    formats.check(LAYOUT, "", findings, problems);
    assertThat(problems).isEmpty();
    assertThat(findings.warnings())
        .containsExactly(
            "features.schemas: "
                + more.resolve("b.avsc")
                + " cannot be read as features.schema, its records will be dead letters: field v is"
                + " string, expected double");
    WriterSchemas.Reader schemas = formats.decoding(WriterSchemas.NONE).schemas().open();
    for (String type : List.of("double", "int", "long", "string")) {
      Schema schema = schema("\"" + type + "\"");
      long fingerprint = SchemaNormalization.parsingFingerprint64(schema);
      SchemaKey key = new SchemaKey(SchemaKey.Kind.FINGERPRINT, fingerprint, 0);
      assertThat(schemas.known(key)).isEqualTo(new WriterSchema.Known(schema));
      assertThat(schemas.await(key)).isEqualTo(new WriterSchema.Known(schema));
    }
    assertThat(schemas.known(new SchemaKey(SchemaKey.Kind.FINGERPRINT, 1, 0)))
        .isInstanceOf(WriterSchema.Unknown.class);
  }

  @Test
  void namesEachSchemaThatCannotBeRead() throws IOException {
    Path broken = Files.writeString(directory.resolve("broken.avsc"), "{");
    Path empty = Files.createDirectory(directory.resolve("empty"));
    read(
        "features.writer-schema",
        directory.resolve("none.avsc").toString(),
        "features.schemas",
        broken + "," + empty);
    assertThat(problems).hasSize(3);
    assertThat(problems.get(0)).startsWith("features.writer-schema").contains("none.avsc");
    assertThat(problems.get(1)).startsWith("features.schemas").contains("broken.avsc");
    assertThat(problems.get(2))
        .isEqualTo(
            "features.schemas: directory " + empty + " has no .avsc files, expected 1 to 10000");
  }

  @Test
  void refusesSchemasThatNobodyCanTellApart() throws IOException {
    String millis = file("millis.avsc", "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}");
    String micros = file("micros.avsc", "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}");
    read("features.format", "single-object", "features.schemas", millis + "," + micros);
    assertThat(problems)
        .containsExactly(
            "features.schemas: "
                + micros
                + " has the fingerprint of "
                + millis
                + ", but other logical types; expected one of them");
  }

  @ParameterizedTest
  @CsvSource({"single-object", "auto"})
  void refusesDecimalsOfOtherScalesThatNobodyCanTellApart(String format) throws IOException {
    String cents = file("cents.avsc", decimal(9, 2));
    String longer = file("longer.avsc", decimal(12, 2));
    String fine = file("fine.avsc", "[\"null\"," + decimal(9, 4) + "]");
    String other = file("other.avsc", "[\"null\"," + decimal(9, 2) + "]");
    String schemas = String.join(",", cents, longer, fine, other);
    read("features.format", format, "registry.url", "http://h", "features.schemas", schemas);
    assertThat(problems)
        .containsExactly(
            "features.schemas: "
                + other
                + " has the fingerprint of "
                + fine
                + ", but other logical types; expected one of them");
  }

  private static String decimal(int precision, int scale) {
    return "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":%d,\"scale\":%d}"
        .formatted(precision, scale);
  }

  /** Plain records have one writer, those of a registry name it by its id. */
  @ParameterizedTest
  @CsvSource({"plain", "confluent"})
  void takesSchemasOfOneFingerprintWhereNoRecordNamesIt(String format) throws IOException {
    String millis = file("millis.avsc", time("timestamp-millis"));
    String micros = file("micros.avsc", time("timestamp-micros"));
    FeatureFormats formats =
        read(
            schema(time("timestamp-millis")),
            "features.format",
            format,
            "registry.url",
            "http://h",
            "features.writer-schema",
            micros,
            "features.schemas",
            millis + "," + micros);
    assertThat(problems).isEmpty();
    assertThat(formats.decoding(WriterSchemas.NONE).given())
        .isEqualTo(schema(time("timestamp-micros")));
  }

  @Test
  void namesTheWriterThatNobodyCanTellFromTheReader() throws IOException {
    read(
        schema(time("timestamp-millis")),
        "features.format",
        "single-object",
        "features.writer-schema",
        file("micros.avsc", time("timestamp-micros")));
    assertThat(problems)
        .containsExactly(
            "features.writer-schema has the fingerprint of features.schema, but other logical"
                + " types; expected one of them");
  }

  private static String time(String logicalType) {
    return "{\"type\":\"long\",\"logicalType\":\"" + logicalType + "\"}";
  }

  @Test
  void stopsThePlanWithALinePerProblem() throws IOException {
    String wrong =
        Files.writeString(
                directory.resolve("wrong.avsc"),
                "{\"type\":\"record\",\"name\":\"AirQualityReading\",\"fields\":["
                    + "{\"name\":\"station\",\"type\":\"string\"},"
                    + "{\"name\":\"ts\",\"type\":\"string\"}]}")
            .toString();
    Map<String, String> options =
        Map.of(
            "kafka.bootstrap-servers", "localhost:1",
            "features.schema", "classpath:schemas/AirQualityReading.avsc",
            "features.writer-schema", wrong,
            "features.event-time.field", "ts",
            "model.uri", "src/main/resources/models/air-quality-mlp");
    assertThatThrownBy(() -> JobPlanner.plan(OptionReader.read(options)))
        .isInstanceOfSatisfying(
            OptionException.class,
            e ->
                assertThat(e.problems())
                    .isNotEmpty()
                    .allSatisfy(
                        line ->
                            assertThat(line)
                                .startsWith(
                                    "features.writer-schema cannot be read as features.schema: ")));
  }
}
