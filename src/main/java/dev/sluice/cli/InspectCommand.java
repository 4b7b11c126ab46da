package dev.sluice.cli;

import dev.sluice.JobPlanner;
import dev.sluice.cli.inspect.Inquiry;
import dev.sluice.cli.inspect.Inspection;
import dev.sluice.cli.inspect.InspectionJson;
import dev.sluice.cli.inspect.InspectionText;
import dev.sluice.cli.inspect.Inspector;
import dev.sluice.config.Execution;
import dev.sluice.config.ExecutionMode;
import dev.sluice.config.ExecutionOptions;
import dev.sluice.config.PaddedLength;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

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

  @Option(
      names = "--input-map",
      paramLabel = "NAME=FIELD[,FIELD...]",
      description =
          "Fields that fill the model input of this name, as the job's option model.inputs.NAME;"
              + " repeatable.")
  private Map<String, String> inputs = Map.of();

  @Option(
      names = "--padding",
      paramLabel = "NAME=LENGTH[:VALUE]",
      description =
          "What arrays for the model input of this name are padded to, as the job's option"
              + " model.padding.NAME; repeatable.")
  private Map<String, String> padding = Map.of();

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "Data profile (default: that of the model package, if it has one).")
  private Path profile;

  @Option(
      names = "--execution",
      defaultValue = "cpu",
      paramLabel = "DEVICE",
      converter = ExecutionConverter.class,
      description = "What to run the model on: cpu, cuda or tensorrt (default: ${DEFAULT-VALUE}).")
  private Execution execution;

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
    if (schemaLocation == null && !(inputs.isEmpty() && padding.isEmpty())) {
      throw new IllegalArgumentException(
          "--input-map and --padding are about fields of records, expected --schema with them");
    }
    if (profile != null && !Files.isRegularFile(profile)) {
      throw new IllegalArgumentException(
          "--profile: " + profile + " does not exist, expected a data profile");
    }
  }

  private Inquiry inquiry() {
    Schema schema = schemaLocation == null ? null : JobPlanner.readSchema(schemaLocation);
    Map<String, PaddedLength> lengths = new TreeMap<>();
    padding.forEach((name, text) -> lengths.put(name, length(name, text)));
    return new Inquiry(
        path,
        schema,
        InputFields.parse("--input-map", inputs),
        lengths,
        profile,
        ExecutionOptions.of(execution, ExecutionMode.REQUIRE));
  }

  private static PaddedLength length(String name, String text) {
    try {
      return PaddedLength.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--padding %s is %s, expected LENGTH or LENGTH:VALUE, such as 128".formatted(name, text),
          e);
    }
  }

  /** Reads what to run on as the job's option has it. */
  static final class ExecutionConverter implements ITypeConverter<Execution> {
    @Override
    public Execution convert(String value) {
      return Arrays.stream(Execution.values())
          .filter(execution -> execution.toString().equals(value))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "got '" + value + "', expected cpu, cuda or tensorrt"));
    }
  }
}
