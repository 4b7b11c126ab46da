package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that the command score reads: packed, cut off, or with a schema of their own. */
class ScoreFileTest {
  @TempDir Path directory;

  @Test
  void gzippedFilesAreUnpacked() throws IOException {
    for (String name : List.of("rows.jsonl.gz", "rows")) {
      Path file = directory.resolve(name);
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        out.write("\uFEFF{\"x\": 1}\n{\"x\": 1}".getBytes(StandardCharsets.UTF_8));
      }
      Scored scored = Scored.of("log-label.onnx", file);
      assertThat(scored.outputs(1).path("score").floatValue()).isZero();
      assertThat(scored.outputs(0).path("score").floatValue()).isZero();
    }
  }

  @Test
  void aFileThatIsCutIsNoSuccess() throws IOException {
    Path file = directory.resolve("rows.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("x\n1\n2\n".getBytes(StandardCharsets.UTF_8));
    }
    Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 20));

    CommandLineRun run = Scored.of("log-label.onnx", file).run();
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("rows.csv.gz");
  }

  @Test
  void anAvroFileBringsItsSchema() throws IOException {
    Schema schema =
        SchemaBuilder.record("Lookup")
            .fields()
            .requiredLong("key")
            .optionalString("more")
            .endRecord();
    Path file = directory.resolve("rows.bin");
    try (DataFileWriter<GenericRecord> out =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))
            .create(schema, file.toFile())) {
      for (long key : new long[] {3, 99, 4}) {
        out.append(new GenericRecordBuilder(schema).set("key", key).build());
      }
    }
    Scored scored = Scored.of("embedding-lookup.onnx", file, "--input-map", "id=key");

    assertThat(scored.outputs(0).path("embedding").get(0).intValue()).isEqualTo(3);
    assertThat(scored.end(1)).startsWith("failed MODEL_ERROR ");
    assertThat(scored.outputs(2).path("embedding").get(0).intValue()).isEqualTo(4);

    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 5));
    CommandLineRun cut = Scored.of("embedding-lookup.onnx", file, "--input-map", "id=key").run();
    assertThat(cut.code()).isEqualTo(2);
    assertThat(cut.err()).contains("rows.bin ends within a block: got ");
  }

  /** It is what UTF-8 has no bytes for, and what a value that is cut may end with. */
  @Test
  void halfACharacterIsNoEndOfTheOthers() throws IOException {
    Path file =
        Files.writeString(directory.resolve("rows.jsonl"), "{\"x\": 1}\n{\"x\": \"\\ud800\"}\n");
    Path out = directory.resolve("out.jsonl");
    CommandLineRun run =
        CommandLineRun.of(
            "score",
            "--model",
            Scored.path("log-label.onnx"),
            "--input",
            file.toString(),
            "--out",
            out.toString());
    assertThat(run.err()).doesNotContain("error");
    assertThat(Files.readAllLines(out)).hasSize(2);
    assertThat(Files.readAllLines(out).get(1)).contains("x is \\\"?\\\"");
  }

  /** A double beyond 2^53 may have been another whole number in the file. */
  @Test
  void aWholeNumberThatADoubleMayHaveRoundedIsNone() throws IOException {
    Schema schema = SchemaBuilder.record("Lookup").fields().requiredLong("key").endRecord();
    Path types = Files.writeString(directory.resolve("lookup.avsc"), schema.toString());
    Path file =
        Files.writeString(
            directory.resolve("rows.jsonl"),
            "{\"key\": 9007199254740991.0}\n{\"key\": 9007199254740993.0}\n");
    Scored scored =
        Scored.of(
            "embedding-lookup.onnx", file, "--schema", types.toString(), "--input-map", "id=key");
    assertThat(scored.rows())
        .extracting(row -> row.path("status").asText())
        .containsExactly("failed", "malformed"); // the model has no such key
  }
}
