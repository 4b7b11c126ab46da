package dev.sluice.cli;

import static dev.sluice.cli.CommandLineRun.isRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.file.DataProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileCommandTest {
  private static final String LOOKUP = "src/test/resources/models/embedding-lookup.onnx";

  @TempDir Path directory;
  private Path csv;
  private Path schema;
  private Path out;

  @BeforeEach
  void writeFiles() throws IOException {
    csv = Files.writeString(directory.resolve("a.csv"), "key,at\n1,5\n2,6\n");
    schema =
        Files.writeString(
            directory.resolve("a.avsc"),
            """
            {"type": "record", "name": "Lookup", "fields": [
              {"name": "key", "type": "long"},
              {"name": "more", "type": ["null", "long"], "default": null},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}}]}
            """);
    out = directory.resolve("profile.json");
  }

  private CommandLineRun run(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("profile", "--data", csv.toString(), "--schema", schema.toString()));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private CommandLineRun lookup(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--model", LOOKUP, "--input-map", "id=key", "--out", out.toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  @Test
  void aProfileIsMade() throws IOException {
    CommandLineRun run = lookup("--event-time-field", "at");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("2 rows, 2 features", "the model failed on 0 rows");
    assertThat(DataProfileFile.read(out).columns()).extracting("name").contains("key", "more");
  }

  @Test
  void arraysInArraysAreLeftOutWithANoteWithoutAModel() throws IOException {
    schema =
        Files.writeString(
            directory.resolve("nested.avsc"),
            """
            {"type": "record", "name": "R", "fields": [
              {"name": "tags", "type": {"type": "array", "items": "int"}},
              {"name": "in", "type": {"type": "record", "name": "In", "fields": [
                {"name": "grid", "type": ["null",
                  {"type": "array", "items": {"type": "array", "items": "float"}}]}]}}]}
            """);
    csv =
        Files.writeString(
            directory.resolve("a.jsonl"), "{\"tags\": [1, 2], \"in\": {\"grid\": [[1], [2]]}}\n");

    CommandLineRun run = run("--out", out.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err().lines())
        .containsOnlyOnce(
            "note: field in.grid is not profiled: its arrays are nested,"
                + " and no model says how many elements they have");
    assertThat(run.err()).doesNotContain("tags");
    assertThat(DataProfileFile.read(out).columns()).extracting("name").containsExactly("tags");
  }

  @Test
  void aTargetThatIsThereIsKept() throws IOException {
    Files.writeString(out, "edited");

    isRefused(lookup(), out + " exists already");
    assertThat(out).hasContent("edited");
    assertThat(lookup("--overwrite").code()).isZero();
    assertThat(DataProfileFile.read(out).counts().rows()).isEqualTo(2);
  }

  @Test
  void theProfileOfAPackageIsKept() throws IOException {
    Path model = DemoModel.copyTo(directory.resolve("model"));

    isRefused(run("--model", model.toString()), "data-profile.json exists already");
  }

  @Test
  void anOnnxFileAloneHasNoPlaceForAProfile() {
    isRefused(run("--model", LOOKUP), "expected --out to name one");
  }

  @Test
  void aTargetWithoutADirectoryIsRefused() {
    out = directory.resolve("no").resolve("profile.json");
    isRefused(lookup(), out + ", expected a file in a directory that exists");
  }

  @Test
  void whatTheModelFailedOnIsCounted() throws IOException {
    csv = Files.writeString(csv, "key,at\n1,5\n9000000,6\n2,7\n");

    CommandLineRun run = lookup();

    assertThat(run.out()).contains("3 rows", "the model failed on 1 rows");
    DataProfile profile = DataProfileFile.read(out);
    assertThat(profile.counts().rows()).isEqualTo(3);
    assertThat(profile.outputs().get(0).rows()).isEqualTo(2);
  }

  private void schema(String... fields) throws IOException {
    String all =
        Stream.of(fields)
            .map(field -> "{'name':" + field + "}")
            .collect(Collectors.joining(",", "{'type':'record','name':'R','fields':[", "]}"));
    schema = Files.writeString(directory.resolve("r.avsc"), all.replace('\'', '"'));
  }

  @Test
  void aRowThatLacksWhatTheModelNeedsHasNoOutputs() throws IOException {
    schema("'key','type':['null','long']", "'at','type':'string'");
    csv = Files.writeString(csv, "key,at\n1,a\n,b\n2,b\n,b\n9000000,b\n3,a\n");

    CommandLineRun run = lookup("--segment-by", "at");

    assertThat(run.out())
        .contains("6 rows", "the model failed on 1 rows")
        .contains(
            "2 rows were not scored, since the model's inputs cannot take them, the first: "
                + csv
                + " record 1: feature key is missing, expected a value");
    DataProfile profile = DataProfileFile.read(out);
    assertThat(profile.column("key").orElseThrow().rows()).isEqualTo(6);
    assertThat(profile.column("key").orElseThrow().missing()).isEqualTo(2);
    assertThat(profile.outputs().get(0).rows()).isEqualTo(3);
    assertThat(profile.outputs().get(0).numbers().min()).isEqualTo(1);
    assertThat(profile.parts())
        .extracting(part -> part.value() + part.rows() + embedded(part))
        .containsExactlyInAnyOrder("a2 2 from 1.0 to 3.0", "b4 1 from 2.0 to 2.0");
  }

  private static String embedded(ProfilePart part) {
    ColumnProfile output = part.outputs().get(0);
    return " %d from %s to %s"
        .formatted(output.rows(), output.numbers().min(), output.numbers().max());
  }

  @Test
  void aNumberThatTheModelsTypeDoesNotHoldHasNoOutputs() throws IOException {
    schema(
        "'x_float16','type':'double'",
        "'x_bfloat16','type':'double'",
        "'x_int16','type':'int'",
        "'x_int8','type':'int'",
        "'x_uint8','type':'long'",
        "'ts','type':['null',{'type':'long','logicalType':'timestamp-millis'}]");
    csv =
        Files.writeString(
            csv,
            "x_float16,x_bfloat16,x_int16,x_int8,x_uint8,ts\n1,2,3,4,255,1000\n1,2,3,4,300,2000\n"
                + "1e6,2,3,4,5,3000\n1,2,3,4,5,\n");

    CommandLineRun run =
        run(
            "--model=src/test/resources/models/identity-small-types.onnx",
            "--out=" + out,
            "--event-time-field=ts");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("2 rows were not scored")
        .contains("feature x_uint8 is 300, expected range [0, 255] of the model's type uint8");
    DataProfile profile = DataProfileFile.read(out);
    assertThat(profile.column("x_uint8").orElseThrow().numbers().max()).isEqualTo(300);
    assertThat(profile.outputs())
        .isNotEmpty()
        .allSatisfy(output -> assertThat(output.rows()).isEqualTo(2));
  }

  @Test
  void fieldsWithoutAColumnAreSaidOnce() {
    assertThat(lookup().err()).containsOnlyOnce("a.csv has no column more: null in every record");
  }

  @Test
  void aTimestampIsNotProfiled() throws IOException {
    lookup();
    assertThat(Files.readString(out))
        .contains("\"name\": \"key\"")
        .doesNotContain("\"name\": \"at\"");
  }

  @Test
  void inputsThatAreNotThereAreNamed() {
    isRefused(lookup("--input-map", "ids=key"), "model.inputs.ids: the model has no such input");
    isRefused(
        run("--model", LOOKUP, "--out", out.toString(), "--input-map", "id="), "--input-map id");
  }

  @Test
  void theDataIsReadAsScoreReadsIt() throws IOException {
    schema =
        Files.writeString(
            directory.resolve("b.avsc"),
            """
            {"type": "record", "name": "Lookup", "fields": [
              {"name": "key", "type": "long"},
              {"name": "more", "type": ["null", "double"]},
              {"name": "wide", "type": ["null", {"type": "array", "items": "int"}]}]}
            """);
    csv = Files.writeString(csv, "key,more,wide,label\n1.0,nan,,a\n 2 ,,\"[1,2]\",b\n3e0,5,[],c\n");

    CommandLineRun run = lookup();
    assertThat(run.code()).as(run.err()).isZero();
    DataProfile profile = DataProfileFile.read(out);
    assertThat(profile.counts().rows()).isEqualTo(3);
    assertThat(profile.column("more").orElseThrow().nan()).isEqualTo(1);
    assertThat(profile.column("more").orElseThrow().missing()).isEqualTo(1);

    csv =
        Files.writeString(
            directory.resolve("a.jsonl"),
            "{\"key\": 1, \"more\": \"NaN\"}\n{\"key\": 2, \"wide\": [1, 2]}\n"
                + "{\"key\": 3, \"more\": 5, \"wide\": []}\n");
    assertThat(lookup("--overwrite").code()).isZero();
    assertThat(DataProfileFile.read(out).columns()).isEqualTo(profile.columns());
    csv = avro(new Schema.Parser().parse(schema.toFile()));
    assertThat(lookup("--overwrite").code()).isZero();
    assertThat(DataProfileFile.read(out).columns()).isEqualTo(profile.columns());
  }

  private Path avro(Schema record) throws IOException {
    Path file = directory.resolve("a.avro");
    try (DataFileWriter<GenericRecord> records =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(record))
            .create(record, file.toFile())) {
      Double[] more = {Double.NaN, null, 5.0};
      for (long key = 1; key <= more.length; key++) {
        GenericData.Record row = new GenericData.Record(record);
        row.put("key", key);
        row.put("more", more[(int) key - 1]);
        records.append(row);
      }
    }
    return file;
  }

  @Test
  void aRowThatIsNoRecordIsRefused() throws IOException {
    csv = Files.writeString(csv, "key,at\n1,5\nx,6\n");
    isRefused(lookup(), "a.csv line 3: field key is \"x\", expected long");
    csv = Files.writeString(csv, "key,at\n1,5\n2\n");
    isRefused(lookup(), "a.csv line 3: the row has 1 cells, expected 2");
    csv = Files.writeString(csv, "at\n1\n");
    isRefused(lookup(), "a.csv has no column key");
    csv = Files.writeString(csv, "key,at\n");
    isRefused(lookup(), "a.csv has no rows, expected some");
    assertThat(out).doesNotExist();
  }

  @Test
  void theProfileOfTheDemoIsMadeAgain() throws IOException {
    Path data = Path.of("../shared/data/beijing-air/train.csv.gz");
    assumeTrue(Files.isRegularFile(data), "no file " + data);
    Path model = DemoModel.copyTo(directory.resolve("model"));
    CommandLineRun run =
        CommandLineRun.of(
            "profile",
            "--data=" + data,
            "--schema=schemas/AirQualityReading.avsc",
            "--event-time-field=ts",
            "--time-zone=+08:00",
            "--season=month",
            "--model=" + model,
            "--out=" + out);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(out).hasSameBinaryContentAs(model.resolve("data-profile.json"));
  }

  @Test
  void otherArgumentsAreCheckedFirst() throws IOException {
    isRefused(lookup("--time-zone", "Mars"), "--time-zone is Mars");
    isRefused(lookup("--event-time-field", "when"), "no field when");
    csv = directory.resolve("no.csv");
    isRefused(lookup(), csv + " does not exist");
  }
}
