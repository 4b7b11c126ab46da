package dev.sluice.bench;

import dev.sluice.cli.profile.Malformed;
import dev.sluice.cli.profile.ProfileRun;
import dev.sluice.cli.score.Split;
import dev.sluice.config.OptionReader;
import dev.sluice.model.ModelPackage;
import dev.sluice.profile.build.PartOptions;
import dev.sluice.profile.file.DataProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes a workload ready: its files, and its records in a topic. */
final class TrialPreparer {
  /** A profile is made of as many records at least. */
  private static final long FEW = 2_000;

  private TrialPreparer() {}

  /**
   * Writes the schema and the data profile, and fills the topic, which is there and empty.
   *
   * @param directory where the files go
   * @param records how many, 1 or more
   */
  static Trial prepare(
      Workload workload, Path directory, String bootstrapServers, String topic, long records)
      throws IOException {
    Files.createDirectories(directory);
    Path schema = directory.resolve("workload-" + workload.name() + ".avsc");
    Files.writeString(schema, workload.schema().toString());
    Path profile = directory.resolve("workload-" + workload.name() + "-profile.json");
    writeProfile(workload, Math.min(workload.profiled(), Math.max(records, FEW)), profile);
    preload(workload, bootstrapServers, topic, records);
    return new Trial(workload, bootstrapServers, topic, records, schema, profile);
  }

  /** Makes the profile as {@code sluice profile} does, with the model's outputs. */
  private static void writeProfile(Workload workload, long rows, Path target) throws IOException {
    List<String> settings =
        workload.inputs().entrySet().stream()
            .map(input -> "model.inputs." + input.getKey() + "=" + input.getValue())
            .toList();
    var answers = OptionReader.answers(null, settings, "inputs");
    ProfileRun run =
        new ProfileRun(
            new WorkloadRows(workload, rows),
            Split.all(),
            new Malformed(Malformed.Policy.FAIL),
            Workload.EVENT_TIME,
            "UTC",
            PartOptions.NONE,
            false,
            "",
            note -> {});
    DataProfileFile.write(
        run.scored(ModelPackage.open(workload.model()), answers, position -> {}), target);
  }

  private static void preload(
      Workload workload, String bootstrapServers, String topic, long records) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    // One request at a time: a partition that was just created may refuse the first one and take
    // the second, after which the first one, sent again, is refused until it times out.
    Map<String, String> settings =
        Map.of(
            "linger.ms",
            "20",
            "batch.size",
            "262144",
            "max.in.flight.requests.per.connection",
            "1");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Clients.with(settings, bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (long i = 0; i < records && failure.get() == null; i++) {
        producer.send(
            new ProducerRecord<>(topic, 0, null, workload.record(i)),
            (metadata, error) -> {
              if (error != null) {
                failure.set(error);
              }
            });
      }
    }
    if (failure.get() != null) {
      throw new IllegalStateException("preloading failed", failure.get());
    }
  }
}
