package dev.sluice.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Records with an id that a model looks up, and a text of any size that predictions repeat. */
final class Notes {
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Note", "fields": [
                {"name": "id", "type": "long"}, {"name": "note", "type": "string"}]}
              """);

  private Notes() {}

  /** Returns a run over such records; ids of 10 and more are refused by the model. */
  static JobRun run(Servers servers, Path directory, String name, int partitions)
      throws IOException {
    Path schema = Files.writeString(directory.resolve("Note.avsc"), SCHEMA.toString());
    return new JobRun(name, servers.kafka().bootstrapServers(), servers.flink(), partitions)
        .option("features.schema", schema.toString())
        .option("features.pass-through", "note")
        .option("model.uri", "src/test/resources/models/embedding-lookup.onnx")
        .option("validation.profile", "none");
  }

  static byte[] bytes(long id, String note) {
    GenericData.Record record = new GenericData.Record(SCHEMA);
    record.put("id", id);
    record.put("note", note);
    return Readings.bytes(record);
  }

  /** Returns a text that no compression by repeats makes smaller. */
  static String random(int length, long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) (' ' + random.nextInt(95)));
    }
    return text.toString();
  }
}
