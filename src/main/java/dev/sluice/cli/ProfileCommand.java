package dev.sluice.cli;

import dev.sluice.LayoutPlanner;
import dev.sluice.SchemaFile;
import dev.sluice.cli.score.DataFile;
import dev.sluice.cli.score.FileSchema;
import dev.sluice.cli.score.InputRow;
import dev.sluice.cli.score.InputRows;
import dev.sluice.cli.score.LocalScorer;
import dev.sluice.config.AnswerOptions;
import dev.sluice.config.OptionException;
import dev.sluice.decode.FeatureFields;
import dev.sluice.infer.output.OutputCheck;
import dev.sluice.model.ModelIdentity;
import dev.sluice.model.ModelPackage;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.build.ProfileBuilder;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.PredictionBatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.apache.avro.Schema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
  private static final int BATCH = 256;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description =
          "Training data: CSV or JSON lines (an object per line), plain or gzipped, or an Avro"
              + " object container file; columns and keys are matched with fields by name.")
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
      description =
          "Model package or .onnx file; it scores the data, so that its outputs are profiled, too.")
  private Path modelPath;

  @Mixin private ModelSettings settings;

  @Option(
      names = "--time-zone",
      defaultValue = "UTC",
      paramLabel = "ZONE",
      description = "Time zone of the data's calendar (default: ${DEFAULT-VALUE}).")
  private String timeZone;

  @Mixin private PartSettings parts;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Where to write it (default: data-profile.json in the model package; an .onnx file alone"
              + " has no such place).")
  private Path out;

  @Option(
      names = "--overwrite",
      description = "Write over a profile that is already there, with its expectations.")
  private boolean overwrite;

  @Override
  public Integer call() throws IOException {
    requireTimeZone();
    try (DataFile file = DataFile.open("--data", data)) {
      return profile(file);
    }
  }

  private int profile(DataFile file) throws IOException {
    AnswerOptions answers = settings.read();
    PrintWriter notes = spec.commandLine().getErr();
    ModelPackage model = VerifiedModel.open(modelPath, answers.scoring(), notes);
    Path target = target(model);
    Schema schema = SchemaFile.read("--schema", schemaLocation);
    FeatureLayout layout = layout(schema, model, answers, notes);
    long failed;
    DataProfile profile;
    try (ProfileBuilder builder =
        new ProfileBuilder(layout, parts.read(eventTimeField, ZoneId.of(timeZone)))) {
      try (InputRows rows =
              InputRows.open(
                  file,
                  FileSchema.given(schema, answers.inputs()),
                  records -> new RecordFormat(records)::encode,
                  notes::println);
          LocalScorer scorer =
              new LocalScorer(
                  schema,
                  layout,
                  eventTimeField,
                  row -> true, // what is wrong with the training data belongs into its profile
                  model,
                  answers,
                  BATCH,
                  0);
          ProgressBar progress = FileProgress.of("profile", file)) {
        notes.flush();
        profile(rows, scorer, builder, () -> progress.stepTo(rows.position()));
        failed = scorer.failed();
      }
      ModelIdentity identity = model.identity();
      profile =
          builder.build(
              identity.name(),
              identity.version(),
              identity.sha256(),
              data.getFileName().toString(),
              DataProfileFile.sha256(data),
              timeZone,
              "sluice profile");
    }
    DataProfileFile.write(profile, target);
    PrintWriter console = spec.commandLine().getOut();
    console.printf(
        Locale.ROOT,
        "%s: %,d rows, %d features, %d outputs%n",
        target,
        profile.rows(),
        profile.columns().size(),
        profile.outputs().size());
    if (!profile.parts().isEmpty()) {
      console.printf(Locale.ROOT, "%,d segments and seasons%n", profile.parts().size());
    }
    console.printf(Locale.ROOT, "the model failed on %,d rows%n", failed);
    console.flush();
    return 0;
  }

  private void profile(
      InputRows rows, LocalScorer scorer, ProfileBuilder builder, Runnable progress) {
    LocalScorer.Outcome profiled =
        new LocalScorer.Outcome() {
          @Override
          public void scored(PredictionBatch batch) {
            builder.addInputs(batch.features());
            builder.addOutputs(batch);
            progress.run();
          }

          @Override
          public void dropped(DeadLetter letter) {
            throw new IllegalArgumentException(
                data + " record " + letter.source().offset() + ": " + letter.message());
          }
        };
    InputRow row = rows.next();
    if (row == null) {
      throw new IllegalArgumentException(data + " has no rows, expected some");
    }
    for (; row != null; row = rows.next()) {
      if (row.isMalformed()) {
        throw new IllegalArgumentException(data + " " + row.problem());
      }
      scorer.add(row.value(), profiled);
    }
    scorer.flush(profiled);
  }

  private void requireTimeZone() {
    try {
      ZoneId.of(timeZone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "--time-zone is " + timeZone + ", expected a time zone such as UTC or Europe/Berlin", e);
    }
  }

  private Path target(ModelPackage model) {
    if (out == null && Files.isRegularFile(modelPath)) {
      throw new IllegalArgumentException(
          "--model is the file "
              + modelPath
              + ", which has no place for a data profile, expected --out to name one");
    }
    Path target = out == null ? model.path().resolve(ModelPackage.PROFILE_NAME) : out;
    Path directory = target.toAbsolutePath().getParent();
    if (Files.isDirectory(target) || directory == null || !Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "the data profile's target is "
              + target
              + ", expected a file in a directory that exists");
    }
    if (Files.isRegularFile(target) && !overwrite) {
      throw new IllegalArgumentException(
          target
              + " exists already, and may hold expectations that were edited;"
              + " --overwrite replaces it, --out names another");
    }
    return target;
  }

  private FeatureLayout layout(
      Schema schema, ModelPackage model, AnswerOptions answers, PrintWriter notes) {
    List<String> problems = new ArrayList<>();
    LayoutPlanner planner =
        new LayoutPlanner(schema, problems).inputs(model, answers.inputs(), answers.padding());
    problems.addAll(OutputCheck.problems(answers.outputs(), model.signature()));
    if (!eventTimeField.isEmpty()) {
      try {
        FeatureFields.requireEventTime(schema, eventTimeField);
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
      }
    }
    for (String field : FeatureFields.scalars(schema)) {
      if (!field.equals(eventTimeField)) {
        planner.field(field, "profile");
      }
    }
    if (!problems.isEmpty()) {
      throw new OptionException(problems);
    }
    planner.notes().forEach(notes::println);
    notes.flush();
    return planner.layout();
  }
}
