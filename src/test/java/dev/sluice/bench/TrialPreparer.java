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
import java.time.Duration;
import java.util.List;

/** Makes a workload ready: the files that go with its records. */
final class TrialPreparer {
  /** A profile is made of as many records at least. */
  private static final long FEW = 2_000;

  private TrialPreparer() {}

  /**
   * Writes the schema and the data profile.
   *
   * @param directory where the files go
   * @param records how many there will be in all rounds, 1 or more
   */
  static Trial prepare(
      Workload workload,
      Path directory,
      String bootstrapServers,
      long records,
      Duration checkpointInterval)
      throws IOException {
    Files.createDirectories(directory);
    Path schema = directory.resolve("workload-" + workload.name() + ".avsc");
    Files.writeString(schema, workload.schema().toString());
    Path profile = directory.resolve("workload-" + workload.name() + "-profile.json");
    writeProfile(workload, Math.min(workload.profiled(), Math.max(records, FEW)), profile);
    return new Trial(workload, bootstrapServers, schema, profile, checkpointInterval);
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
}
