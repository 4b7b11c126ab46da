package dev.sluice.cli;

import dev.sluice.cli.drift.DriftJson;
import dev.sluice.cli.drift.DriftResult;
import dev.sluice.cli.drift.DriftRun;
import dev.sluice.cli.drift.DriftText;
import dev.sluice.cli.drift.SampleOptions;
import dev.sluice.drift.SignificanceLevel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells how far two files are apart, by every metric. */
@Command(
    name = "drift",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Tells how far two distributions are apart, by every metric, with its exact name, base and"
          + " root. A file holds the values of one column (one per line), counts (value,count), a"
          + " histogram (low,high,count) or a data profile, plain or gzipped.",
      "Exit code: 0 compared, 1 failed, 2 wrong or unusable arguments."
    })
final class DriftCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--reference",
      required = true,
      paramLabel = "FILE",
      description = "The data that is compared with, such as training data or the baseline.")
  private Path reference;

  @Option(
      names = "--current",
      required = true,
      paramLabel = "FILE",
      description = "The data that is compared; in the form of the reference.")
  private Path current;

  @Option(
      names = "--type",
      defaultValue = "auto",
      paramLabel = "auto|number|text",
      description =
          "What the values are: numbers where all at the beginning are, or texts, whatever they"
              + " look like (default: ${DEFAULT-VALUE}).")
  private SampleOptions.Type type;

  @Option(
      names = "--header",
      paramLabel = "true|false",
      description =
          "Whether the first row is a header (default: where it is no number and those below are;"
              + " of texts, where both files begin with the same one, which neither has again).")
  private Boolean header;

  @Option(
      names = "--significance",
      paramLabel = "ALPHA",
      description =
          "Chance that samples of one distribution exceed the critical value; also that of the"
              + " metrics called robust (default: 0.05, and Deequ's 1.8 for those).")
  private Double level;

  @Option(names = "--json", description = "Write one JSON object to standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    SignificanceLevel significance = significance();
    DriftResult result =
        new DriftRun(reference, current, new SampleOptions(type, header), significance).compare();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      DriftJson.write(result, out);
    } else {
      DriftText.of(result).forEach(out::println);
    }
    out.flush();
    return 0;
  }

  private SignificanceLevel significance() {
    if (level != null && !(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "--significance is " + level + ", expected more than 0 and less than 1");
    }
    return level == null ? SignificanceLevel.DEFAULT : SignificanceLevel.of(level);
  }
}
