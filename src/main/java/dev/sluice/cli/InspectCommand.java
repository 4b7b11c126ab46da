package dev.sluice.cli;

import dev.sluice.SchemaFile;
import dev.sluice.cli.inspect.Inquiry;
import dev.sluice.cli.inspect.Inspection;
import dev.sluice.cli.inspect.InspectionJson;
import dev.sluice.cli.inspect.InspectionText;
import dev.sluice.cli.inspect.Inspector;
import dev.sluice.config.AnswerOptions;
import dev.sluice.config.ExecutionMode;
import dev.sluice.config.ExecutionOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what is in a model package, and whether it can be used. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Tells what is in a model package and whether it can be used: its files, signature,"
          + " operators, what its author states, and what a session of ONNX Runtime says. With a"
          + " schema, also how its records fit the model and its training data.",
      "Exit code: 0 usable, 1 failed, 2 not usable, or wrong arguments."
    })
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Model package or .onnx file.")
  private Path path;

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description = "Avro schema of feature records: a path, or classpath: and a name.")
  private String schemaLocation;

  @Mixin private ModelSettings settings;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "Data profile (default: that of the model package, if it has one).")
  private Path profile;

  @Option(
      names = "--execution",
      paramLabel = "DEVICE",
      description =
          "What to run the model on: cpu, cuda or tensorrt; nothing else is fallen back to (default:"
              + " what model.execution and model.execution-mode say, else cpu).")
  private String execution;

  @Option(names = "--json", description = "Write one JSON object to standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    requireArguments();
    Inspection inspection = Inspector.inspect(inquiry());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      InspectionJson.write(inspection, out);
    } else {
      InspectionText.of(inspection).forEach(out::println);
    }
    out.flush();
    return inspection.findings().isUsable() ? 0 : 2;
  }

  private void requireArguments() {
    if (profile != null) {
      GivenFile.require("--profile", profile, "a data profile");
    }
  }

  private Inquiry inquiry() {
    AnswerOptions answers = settings.readFor(execution);
    if (execution != null) {
      ExecutionOptions on = answers.execution();
      answers = answers.on(on.on(on.device(), ExecutionMode.REQUIRE));
    }
    Schema schema = schemaLocation == null ? null : SchemaFile.read("--schema", schemaLocation);
    return new Inquiry(path, schema, answers, profile);
  }
}
