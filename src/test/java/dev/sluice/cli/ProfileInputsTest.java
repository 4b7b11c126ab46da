package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.SizeSummary;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a profile's rows come from: files of every kind, several, one split, without a model. */
class ProfileInputsTest {
  private static final String LOOKUP = "src/test/resources/models/embedding-lookup.onnx";

  @TempDir Path directory;
  private Path schema;
  private Path out;

  @BeforeEach
  void writeSchema() throws IOException {
    schema =
        Files.writeString(
            directory.resolve("a.avsc"),
            """
            {"type": "record", "name": "Row", "fields": [
              {"name": "key", "type": "long"},
              {"name": "size", "type": ["null", "float"], "default": null},
              {"name": "word", "type": ["null", "string"], "default": null},
              {"name": "tags", "type": ["null", {"type": "array", "items": "int"}], "default": null},
              {"name": "at", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}],
               "default": null}]}
            """);
    out = directory.resolve("profile.json");
  }

  private Path file(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** Profiles without a model; data and further arguments first. */
  private CommandLineRun profile(Object... more) {
    List<String> arguments =
        new ArrayList<>(List.of("profile", "--overwrite", "--out", out.toString(), "--data"));
    for (Object argument : more) {
      arguments.add(argument.toString());
    }
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private DataProfile made(CommandLineRun run) throws IOException {
    assertThat(run.code()).as(run.err()).isZero();
    return DataProfileFile.read(out);
  }

  private static void isRefused(CommandLineRun run, String message) {
    assertThat(run.err()).contains(message).doesNotContain("\tat ");
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void withoutAModelEveryValueAndArrayIsProfiled() throws IOException {
    Path csv =
        file(
            "a.csv",
            "key,size,word,tags,at\n1,2.5,a,\"[1,2,3]\",1970-01-01T00:00:01Z\n2,,b,[],\n3,0,a,,\n");

    CommandLineRun run = profile(csv, "--schema", schema);
    DataProfile profile = made(run);

    assertThat(run.out()).contains("3 rows, 4 features, 0 outputs").doesNotContain("model");
    assertThat(profile.columns())
        .extracting(ColumnProfile::name)
        .containsExactly("key", "size", "word", "tags");
    ColumnProfile tags = profile.column("tags").orElseThrow();
    assertThat(tags.valueType()).isEqualTo(ElementType.INT32);
    assertThat(tags.rows()).isEqualTo(4);
    assertThat(tags.missing()).isEqualTo(1);
    assertThat(tags.max()).isEqualTo(3);
    assertThat(tags.sizes()).isEqualTo(new SizeSummary(2, 0, 3));
    assertThat(tags.meanSize()).isEqualTo(1.5);
    assertThat(profile.model().name()).isEmpty();
    assertThat(profile.dataSet().firstEventTime()).isNull();
  }

  @Test
  void arraysOfOneSizeHaveAColumnPerElement() throws IOException {
    Path csv = file("a.csv", "key,tags\n1,\"[1,20]\"\n2,\"[3,40]\"\n3,\n");

    CommandLineRun run = profile(csv, "--schema", schema, "--per-element");
    DataProfile profile = made(run);

    assertThat(run.err()).doesNotContain("--per-element");
    assertThat(profile.columns())
        .extracting(ColumnProfile::name)
        .containsExactly("key", "size", "word", "tags[0]", "tags[1]");
    ColumnProfile second = profile.column("tags[1]").orElseThrow();
    assertThat(second.rows()).isEqualTo(3);
    assertThat(second.missing()).isEqualTo(1);
    assertThat(second.min()).isEqualTo(20);
    assertThat(second.max()).isEqualTo(40);
  }

  @Test
  void arraysOfSeveralSizesStayInOneColumn() throws IOException {
    Path csv = file("a.csv", "key,tags\n1,\"[1,20]\"\n2,\"[3]\"\n3,\n");

    CommandLineRun run = profile(csv, "--schema", schema, "--per-element");

    assertThat(made(run).column("tags").orElseThrow().sizes()).isEqualTo(new SizeSummary(2, 1, 2));
    assertThat(run.err())
        .contains(
            "--per-element: the elements of tags stay in one column:"
                + " its arrays are not all of one size");
  }

  @Test
  void aColumnPerElementIsForFewElements() throws IOException {
    String array = "\"[" + "1,".repeat(1000) + "1]\"";

    CommandLineRun run =
        profile(file("a.csv", "key,tags\n1," + array), "--schema", schema, "--per-element");

    isRefused(run, "a column per element makes 1001 columns of tags (1001), expected at most 1000");
  }

  @Test
  void parquetBringsItsSchemaAndGivesWhatCsvGives() throws Exception {
    Path csv =
        file(
            "a.csv",
            "key,size,word,tags,at\n"
                + "1,2.5,a,\"[1,2,3]\",1970-01-01T00:00:01.500Z\n2,,b,[],\n3,nan,a,,\n");
    List<ColumnProfile> expected = made(profile(csv, "--schema", schema)).columns();
    Path parquet;
    try (DuckDb duck = new DuckDb()) {
      parquet =
          duck.parquet(
              """
              SELECT key::BIGINT AS key, size::DOUBLE AS size, word, tags::INTEGER[] AS tags,
                "at"::TIMESTAMP AS "at", 'x'::BLOB AS other
              FROM (VALUES (1, 2.5, 'a', [1, 2, 3], '1970-01-01 00:00:01.5'),
                (2, NULL, 'b', [], NULL), (3, 'nan'::DOUBLE, 'a', NULL, NULL))
                t(key, size, word, tags, "at")
              """,
              directory.resolve("a.parquet"),
              "COMPRESSION zstd");
    }

    assertThat(made(profile(parquet, "--schema", schema)).columns()).isEqualTo(expected);
    DataProfile timed = made(profile(parquet, "--schema", schema, "--event-time-field", "at"));
    assertThat(timed.dataSet().lastEventTime()).isEqualTo(1500);
    CommandLineRun own = profile(parquet);
    DataProfile profile = made(own);
    assertThat(own.err()).contains("a.parquet: left out, since bytes and such", ": other");
    assertThat(profile.columns())
        .extracting(ColumnProfile::name)
        .containsExactly("key", "size", "word", "tags");
    assertThat(profile.column("size").orElseThrow().valueType()).isEqualTo(ElementType.DOUBLE);
    assertThat(profile.column("word")).isEqualTo(Optional.of(expected.get(2)));
  }

  /** A long without a logical type is milliseconds where it is the event time, as in the job. */
  @Test
  void parquetTimesBecomeTheMillisecondsThatAPlainEventTimeIs() throws Exception {
    Path plain =
        file(
            "plain.avsc",
            """
            {"type": "record", "name": "R", "fields": [
              {"name": "at", "type": ["null", "long"]}, {"name": "other", "type": "long"},
              {"name": "in", "type": ["null", {"type": "record", "name": "In", "fields": [
                {"name": "day", "type": "long"}, {"name": "at", "type": "long"}]}]}]}
            """);
    Path parquet;
    try (DuckDb duck = new DuckDb()) {
      parquet =
          duck.parquet(
              """
              SELECT t AS "at", t AS other,
                {'day': DATE '1970-01-11', 'at': t::TIMESTAMP_NS} AS "in"
              FROM (VALUES (TIMESTAMP '1970-01-01 00:00:01.5')) v(t)
              """,
              directory.resolve("plain.parquet"),
              "COMPRESSION zstd");
    }
    String schemaOption = "--schema=" + plain;

    DataProfile timed = made(profile(parquet, schemaOption, "--event-time-field", "at"));
    assertThat(timed.dataSet().lastEventTime()).isEqualTo(1_500);
    assertThat(timed.column("other").orElseThrow().max()).isEqualTo(1_500_000);
    DataProfile nested = made(profile(parquet, schemaOption, "--event-time-field", "in.at"));
    assertThat(nested.dataSet().lastEventTime()).isEqualTo(1_500);
    assertThat(nested.column("in.day").orElseThrow().max()).isEqualTo(10);
    DataProfile day = made(profile(parquet, schemaOption, "--event-time-field", "in.day"));
    assertThat(day.dataSet().lastEventTime()).isEqualTo(10 * 86_400_000L);
    assertThat(day.column("in.at").orElseThrow().max()).isEqualTo(1_500_000_000);
  }

  @Test
  void scoreReadsParquetToo() throws Exception {
    Path parquet;
    try (DuckDb duck = new DuckDb()) {
      parquet =
          duck.parquet(
              "SELECT i::INTEGER AS id, 'x' AS label FROM range(3) t(i)",
              directory.resolve("a.parquet"),
              "COMPRESSION snappy");
    }
    Path csv = file("a.csv", "id\n0\n1\n2\n");
    Path scored = directory.resolve("a.jsonl");
    Path expected = directory.resolve("b.jsonl");

    for (Path[] paths : List.of(new Path[] {parquet, scored}, new Path[] {csv, expected})) {
      CommandLineRun run =
          CommandLineRun.of(
              "score", "--model=" + LOOKUP, "--input=" + paths[0], "--out=" + paths[1]);
      assertThat(run.code()).as(run.err()).isZero();
    }
    assertThat(scored).hasSameTextualContentAs(expected).isNotEmptyFile();
  }

  @Test
  void aSplitIsTakenByAColumnOutsideTheSchema() throws Exception {
    Path csv = file("a.csv", "key,split\n1,train\n2,test\n3,train\n4,\n");
    Path lines =
        file(
            "a.jsonl",
            "{\"key\":1,\"split\":\"train\"}\n{\"key\":2,\"split\":\"test\"}\n"
                + "{\"split\":\"train\",\"key\":3}\n{\"key\":4}\n");
    Path parquet;
    try (DuckDb duck = new DuckDb()) {
      parquet =
          duck.parquet(
              "SELECT * FROM read_csv('" + csv + "')",
              directory.resolve("a.parquet"),
              "COMPRESSION gzip");
    }

    for (Path data : List.of(csv, lines, parquet)) {
      CommandLineRun run = profile(data, "--schema", schema, "--split", "train");
      DataProfile profile = made(run);
      assertThat(run.out()).contains("2 rows were left out that do not have split = train: ");
      assertThat(run.out()).contains("test (1)");
      assertThat(profile.counts().rows()).isEqualTo(2);
      assertThat(profile.column("key").orElseThrow().max()).isEqualTo(3);
      assertThat(profile.dataSet().name()).isEqualTo(data.getFileName() + ", split = train");
      assertThat(made(profile(data, "--schema", schema, "--split", "test")).dataSet().name())
          .isEqualTo(data.getFileName() + ", split = test");
    }
    isRefused(
        profile(csv, "--schema", schema, "--split", "trian"),
        "a.csv has no row with split = trian, expected some; its rows have  (1), test (1), train (2)");
    isRefused(
        profile(csv, "--schema", schema, "--split", "a", "--split-field", "part"),
        "a.csv has no column part, expected one to take rows by part = a");
  }

  @Test
  void aSplitByNumbersTakesThemAsDoublesAreWritten() throws Exception {
    Path lines =
        file(
            "a.jsonl",
            "{\"key\":1,\"fold\":0.50}\n{\"key\":2,\"fold\":1e2}\n{\"key\":3,\"fold\":5e-1}\n");

    CommandLineRun run =
        profile(lines, "--schema", schema, "--split", "0.5", "--split-field", "fold");

    assertThat(made(run).counts().rows()).isEqualTo(2);
    assertThat(run.out()).contains("100.0 (1)");
  }

  @Test
  void aSplitOfAvroNeedNotBeInTheSchema() throws Exception {
    Path avro = directory.resolve("a.avro");
    var writer =
        new org.apache.avro.Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Row", "fields": [
                  {"name": "split", "type": "string"}, {"name": "key", "type": "long"}]}
                """);
    try (var records =
        new org.apache.avro.file.DataFileWriter<org.apache.avro.generic.GenericRecord>(
                new org.apache.avro.generic.GenericDatumWriter<>(writer))
            .create(writer, avro.toFile())) {
      for (long key = 1; key <= 4; key++) {
        var record = new org.apache.avro.generic.GenericData.Record(writer);
        record.put("split", key % 2 == 0 ? "test" : "train");
        record.put("key", key);
        records.append(record);
      }
    }

    DataProfile given = made(profile(avro, "--schema", schema, "--split", "train"));
    assertThat(given.counts().rows()).isEqualTo(2);
    assertThat(given.column("key").orElseThrow().max()).isEqualTo(3);
    assertThat(given.column("split")).isEmpty();
    DataProfile own = made(profile(avro, "--split", "train"));
    assertThat(own.column("split").orElseThrow().values()).containsOnlyKeys("train");
  }

  @Test
  void filesOfADirectoryOrPatternMakeOneProfileInAnyOrder(@TempDir Path links) throws IOException {
    Path whole = file("whole.csv", "key,word\n1,a\n2,b\n3,a\n4,c\n");
    Path one = file("parts/1.csv", "key,word\n1,a\n2,b\n");
    Path two = file("parts/2.csv", "word,key\na,3\nc,4\n");
    file("parts/_SUCCESS", "");
    Files.createSymbolicLink(links.resolve("linked"), directory.resolve("parts"));
    List<ColumnProfile> expected = made(profile(whole, "--schema", schema)).columns();

    DataProfile forth = made(profile(one, two, "--schema", schema));
    byte[] bytes = Files.readAllBytes(out);
    assertThat(forth.columns()).isEqualTo(expected);
    assertThat(forth.dataSet().name()).isEqualTo("1.csv, 2.csv");
    for (Object[] data :
        List.of(
            new Object[] {two, "--data", one, "--schema", schema},
            new Object[] {directory.resolve("parts"), "--schema", schema},
            new Object[] {directory + "/parts/[0-9].csv", "--schema", schema},
            new Object[] {directory + "/**/?.csv", "--schema", schema},
            new Object[] {links + "//link*//?.csv", "--schema", schema})) {
      made(profile(data));
      assertThat(out).hasBinaryContent(bytes);
    }
  }

  @Test
  void filesThatAreNotThereTwiceOrMixedAreRefused() throws IOException {
    Path csv = file("a.csv", "key\n1\n");
    Path lines = file("a.jsonl", "{\"key\": 1}\n");
    Files.createDirectory(directory.resolve("empty"));

    isRefused(profile(csv, lines, "--schema", schema), "a.csv, which is CSV, and ");
    isRefused(profile(csv, csv, "--schema", schema), "names a file twice: " + csv);
    isRefused(profile(directory + "/*.tsv", "--schema", schema), "*.tsv matches no file");
    isRefused(profile(directory.resolve("empty"), "--schema", schema), "empty has no file");
    isRefused(profile(csv), "--schema is not given, and " + csv + " is CSV, which carries none");
    isRefused(profile(file("a.parquet", "PAR1 or so"), "--schema", schema), "a.parquet cannot");
    isRefused(profile(file("b.parquet", "key\n1\n"), "--schema", schema), "b.parquet cannot");
  }

  @Test
  void malformedRowsEndTheRunOrAreSkipped() throws IOException {
    Path csv = file("a.csv", "key,size\n1,2\nx,3\n2,y\n");

    isRefused(profile(csv, "--schema", schema), "a.csv line 3: field key is \"x\", expected long");
    CommandLineRun run = profile(csv, "--schema", schema, "--on-malformed", "skip");
    assertThat(made(run).counts().rows()).isEqualTo(1);
    assertThat(made(run).dataSet().name()).isEqualTo("a.csv, 2 malformed rows left out");
    assertThat(run.out()).contains("2 malformed rows were skipped, the first: ", "a.csv line 3");
    Path bad = file("b.csv", "key\nx\n");
    isRefused(
        profile(bad, "--schema", schema, "--on-malformed", "skip"), "all 1 rows are malformed");
  }

  @Test
  void theCodePointerIsKept() throws IOException {
    Path csv = file("a.csv", "key\n1\n");

    DataProfile profile = made(profile(csv, "--schema", schema, "--code", "git: a/b@12ab"));
    assertThat(profile.dataSet().codePointer()).isEqualTo("git: a/b@12ab");
    isRefused(
        profile(csv, "--schema", schema, "--code", "x".repeat(1001)),
        "--code has 1001 characters, expected at most 1000");
  }

  @Test
  void argumentsThatAreMissingAreNamed() throws IOException {
    Path csv = file("a.csv", "key\n1\n");
    isRefused(CommandLineRun.of("profile"), "neither --data nor --topic is given");
    isRefused(
        CommandLineRun.of("profile", "--data=" + csv, "--schema=" + schema),
        "neither --out nor --model is given");
    isRefused(profile(csv, "--schema", schema, "--on-malformed", "maybe"), "--on-malformed");
    Path none =
        file(
            "b.avsc",
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"key\",\"type\":\"bytes\"}]}");
    isRefused(profile(csv, "--schema", none), "has no field that can be profiled");
  }
}
