package dev.sluice.cli;

import dev.sluice.JobPlanner;
import dev.sluice.LayoutPlanner;
import dev.sluice.config.OptionException;
import dev.sluice.decode.FeatureFields;
import dev.sluice.infer.onnx.OnnxModelLoader;
import dev.sluice.infer.onnx.SessionFactory;
import dev.sluice.model.ModelIdentity;
import dev.sluice.model.ModelPackage;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DataProfileFile;
import dev.sluice.profile.ProfileBuilder;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.PredictionBatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import org.apache.avro.Schema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a data profile from training data, the model's outputs included. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Makes the data profile of a model package from its training data.")
final class ProfileCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "Training data: CSV, plain or gzipped, columns matched with fields by name.")
  private Path data;

  @Option(
      names = "--schema",
      required = true,
      paramLabel = "FILE",
      description = "Avro schema of feature records: a path, or classpath: and a name.")
  private String schemaLocation;

  @Option(
      names = "--event-time-field",
      defaultValue = "",
      paramLabel = "FIELD",
      description = "Field that holds the event time; it is not profiled.")
  private String eventTimeField;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Model package; it scores the data, so that its outputs are profiled, too.")
  private Path modelDirectory;

  @Option(
      names = "--time-zone",
      defaultValue = "UTC",
      paramLabel = "ZONE",
      description = "Time zone of the data's calendar (default: ${DEFAULT-VALUE}).")
  private String timeZone;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write it (default: data-profile.json in the model package).")
  private Path out;

  @Override
  public Integer call() throws IOException {
    ModelPackage model = ModelPackage.open(modelDirectory);
    Schema schema = JobPlanner.readSchema(schemaLocation);
    FeatureLayout layout = layout(schema, model);
    ProfileBuilder builder = new ProfileBuilder(layout);
    try (CsvRecords records = new CsvRecords(data, schema, "");
        LocalScorer scorer =
            new LocalScorer(
                schema,
                layout,
                eventTimeField,
                new OnnxModelLoader(
                    modelDirectory.toString(), model.sha256(), SessionFactory.cpu()));
        ProgressBar progress = new ProgressBar("profile", records.size())) {
      Consumer<PredictionBatch> profiled =
          predicted -> {
            builder.addInputs(predicted.features());
            builder.addOutputs(predicted);
            progress.stepBy(predicted.size());
          };
      for (FeatureRecords.Feature record = records.next();
          record != null;
          record = records.next()) {
        scorer.add(record.value(), profiled);
      }
      scorer.flush(profiled);
    }
    ModelIdentity identity = model.identity();
    DataProfile profile =
        builder.build(
            identity.name(),
            identity.version(),
            identity.sha256(),
            data.getFileName().toString(),
            DataProfileFile.sha256(data),
            timeZone,
            "sluice profile");
    Path target = out == null ? modelDirectory.resolve(ModelPackage.PROFILE_NAME) : out;
    DataProfileFile.write(profile, target);
    PrintWriter console = spec.commandLine().getOut();
    console.printf(
        "%s: %,d rows, %d features, %d outputs%n",
        target, profile.rows(), profile.columns().size(), profile.outputs().size());
    console.flush();
    return 0;
  }

  private FeatureLayout layout(Schema schema, ModelPackage model) {
    List<String> problems = new ArrayList<>();
    LayoutPlanner planner = new LayoutPlanner(schema, problems).inputs(model, Map.of());
    for (String field : FeatureFields.scalars(schema)) {
      if (!field.equals(eventTimeField)) {
        planner.field(field, "profile");
      }
    }
    if (!problems.isEmpty()) {
      throw new OptionException(problems);
    }
    return planner.layout();
  }
}
