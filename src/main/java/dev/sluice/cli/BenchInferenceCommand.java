package dev.sluice.cli;

import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.cli.bench.BenchReport;
import dev.sluice.cli.bench.InferenceBench;
import dev.sluice.config.AnswerOptions;
import dev.sluice.model.ModelPackage;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a model on this machine's CPU and GPU, and holds their answers against each other. */
@Command(
    name = "bench-inference",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Measures how many random rows per second a model takes on the CPU and, if --execution asks"
          + " for it, on a GPU, and how far the GPU's answers are from the CPU's. From batch to"
          + " outputs: without Kafka, decoding and validation.",
      "Exit code: 0 done, 1 the answers disagree, 2 wrong arguments, or no such GPU to be had."
    })
final class BenchInferenceCommand implements Callable<Integer> {
  private static final int MAX_BATCH = 65536;
  private static final int MAX_SIZES = 32;
  private static final double MAX_SECONDS = 3600;

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description =
          "Model package or .onnx file. Rows are drawn from the ranges of its data profile, if it"
              + " has one.")
  private Path modelPath;

  @Option(
      names = "--execution",
      paramLabel = "DEVICE",
      description =
          "What to run on beside the CPU: cpu, cuda or tensorrt; nothing else is fallen back to"
              + " (default: what model.execution says, else cpu).")
  private String execution;

  @Option(
      names = "--batch-sizes",
      defaultValue = "1,8,64,256,1024",
      split = ",",
      paramLabel = "N",
      description = "Rows of a batch, 1 to 65536 each (default: ${DEFAULT-VALUE}).")
  private List<Integer> batchSizes;

  @Option(
      names = "--seconds",
      defaultValue = "2",
      paramLabel = "S",
      description =
          "How long to measure each batch size on each device, in 5 repeats of which the median"
              + " counts (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--tolerance",
      defaultValue = "1e-3",
      paramLabel = "X",
      description =
          "Largest |cpu - device| / max(1, |cpu|) of two floating-point numbers that agree"
              + " (default: ${DEFAULT-VALUE}); all else has to be equal.")
  private double tolerance;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  @Mixin private ModelSettings settings;

  @Override
  public Integer call() throws IOException {
    requireArguments();
    AnswerOptions answers = settings.readFor(execution);
    ModelPackage model =
        VerifiedModel.open(modelPath, answers.scoring(), spec.commandLine().getErr());
    DataProfile profile =
        model.profile().isPresent()
            ? DataProfileFile.read(model.profile().get())
            : DataProfile.empty();
    BenchReport report =
        InferenceBench.run(model, answers, profile, batchSizes, (long) (seconds * 1e9), tolerance);
    PrintWriter console = spec.commandLine().getOut();
    if (json) {
      console.println(
          new ObjectMapper().writer(new DefaultPrettyPrinter()).writeValueAsString(report.json()));
    } else {
      report.lines().forEach(console::println);
    }
    console.flush();
    return report.agrees() ? 0 : 1;
  }

  private void requireArguments() {
    if (batchSizes.size() > MAX_SIZES) {
      throw new IllegalArgumentException(
          "--batch-sizes has " + batchSizes.size() + " sizes, expected at most " + MAX_SIZES);
    }
    for (int size : batchSizes) {
      if (size < 1 || size > MAX_BATCH) {
        throw new IllegalArgumentException(
            "--batch-sizes has " + size + ", expected 1 to " + MAX_BATCH);
      }
    }
    if (!(seconds > 0 && seconds <= MAX_SECONDS)) {
      throw new IllegalArgumentException(
          "--seconds is " + seconds + ", expected more than 0 and at most 3600");
    }
    if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "--tolerance is " + tolerance + ", expected a number from 0 on");
    }
  }
}
