package dev.sluice.cli;

import dev.sluice.SchemaFile;
import dev.sluice.cli.score.Books;
import dev.sluice.cli.score.Comparison;
import dev.sluice.cli.score.DataFile;
import dev.sluice.cli.score.ExpectedRows;
import dev.sluice.cli.score.LocalScorer;
import dev.sluice.cli.score.ResultFile;
import dev.sluice.cli.score.ScoreRun;
import dev.sluice.config.AnswerOptions;
import dev.sluice.infer.output.OutputProcessor;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.TensorInfo;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.apache.avro.Schema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores a file by the stages of the job, and holds the answers against others. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Scores a file by the stages of the job, without Kafka or a cluster: decode, validate, batch,"
          + " infer. Writes a line of JSON per row, in the order of the file.",
      "Exit code: 0 done (with --expect: all agrees), 1 failed (with --expect: something differs),"
          + " 2 wrong or unusable arguments."
    })
final class ScoreCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";
  private static final String NO_PROFILE = "none";
  private static final int MAX_BATCH = 65536;
  private static final int OUTPUT_BUFFER = 1 << 16; // characters

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Model package or .onnx file.")
  private Path modelPath;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "FILE",
      description =
          "Rows to score: CSV or JSON lines (an object per line, whose keys are fields or model"
              + " inputs), plain or gzipped, Parquet, or an Avro object container file.")
  private Path input;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Where to write predictions as JSON lines, - for standard output; may be left out with"
              + " --expect.")
  private Path out;

  @Option(names = "--overwrite", description = "Write over a file that is already there.")
  private boolean overwrite;

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description =
          "Avro schema of feature records: a path, or classpath: and a name (default: an Avro file's"
              + " own; else a field per feature, as the model's signature has them).")
  private String schemaLocation;

  @Option(
      names = "--event-time-field",
      defaultValue = "",
      paramLabel = "FIELD",
      description =
          "Field of the schema that holds the event time; it is checked as if the record came now.")
  private String eventTimeField;

  @Mixin private ModelSettings settings;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description =
          "Data profile to check records against (default: that of the model package, if it has"
              + " one); none checks types and shapes alone.")
  private String profileLocation;

  @Option(
      names = "--batch-size",
      defaultValue = "256",
      paramLabel = "N",
      description = "Rows to score at once, 1 to 65536 (default: ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--expect",
      paramLabel = "FILE",
      description = {
        "Outputs to hold the answers against, row by row in the same order: JSON lines as --out"
            + " writes them or flat objects, or CSV. A column (or key) is named as an output, or"
            + " expected_ and that; NAME[I] and NAME[LABEL] are elements. Others are left out,"
            + " unless they begin with expected_, which is refused; an empty cell or null expects"
            + " nothing, and rows of which nothing is expected are counted in the report.",
      })
  private Path expect;

  @Option(
      names = "--expect-column",
      paramLabel = "OUTPUT=COLUMN",
      description =
          "Column (or key) of --expect for an output or an element of one, as in"
              + " probabilities[1]=p1; repeatable.")
  private Map<String, String> expectColumns = Map.of();

  @Option(
      names = "--expect-ignore",
      paramLabel = "COLUMN",
      description =
          "Column (or key) of --expect that is not compared, though it begins with expected_;"
              + " repeatable.")
  private List<String> expectIgnored = List.of();

  @Option(
      names = "--tolerance",
      defaultValue = "1e-5",
      paramLabel = "X",
      description =
          "Largest absolute difference of two floating-point numbers that agree (default:"
              + " ${DEFAULT-VALUE}); all else has to be equal.")
  private double tolerance;

  @Override
  public Integer call() throws IOException {
    requireArguments();
    AnswerOptions answers = settings.read();
    PrintWriter notes = spec.commandLine().getErr();
    ModelPackage model = VerifiedModel.open(modelPath, answers.scoring(), notes);
    DataProfile profile = profile(model);
    Schema schema = schemaLocation == null ? null : SchemaFile.read("--schema", schemaLocation);
    DataFile file = DataFile.open("--input", input);
    ScorePlan plan =
        ScorePlan.of(
            model,
            file,
            schema,
            answers,
            profile,
            eventTimeField,
            line -> print(notes, List.of(line)));
    List<String> outputs =
        OutputProcessor.writtenNames(
            answers.outputs(), model.signature().outputs().stream().map(TensorInfo::name).toList());
    long start;
    Books books;
    Comparison comparison;
    try (var rows = plan.rows();
        ExpectedRows expected = expected(outputs);
        ResultFile result = isFile() ? ResultFile.open("--out", out, overwrite) : null;
        LocalScorer scorer = plan.scorer(batchSize);
        ProgressBar progress = FileProgress.of("score", file)) {
      Writer lines = result == null ? standardOutput() : result.writer();
      start = System.nanoTime();
      comparison = expected == null ? null : new Comparison(expected, outputs, tolerance);
      books =
          ScoreRun.run(
              rows, scorer, batchSize, lines, comparison, () -> progress.stepTo(rows.position()));
      progress.stepTo(file.size());
      if (result != null) {
        result.complete();
      } else if (lines != null) {
        lines.flush();
      }
    }
    PrintWriter console = isFile() || out == null ? spec.commandLine().getOut() : notes;
    print(console, List.of(books.line(System.nanoTime() - start)));
    if (comparison == null) {
      return 0;
    }
    print(console, comparison.report());
    return comparison.agrees() ? 0 : 1;
  }

  private void requireArguments() throws IOException {
    if (out == null && expect == null) {
      throw new IllegalArgumentException(
          "neither --out nor --expect is given, expected --out FILE, --out - or --expect FILE");
    }
    if (expect == null && !expectColumns.isEmpty()) {
      throw new IllegalArgumentException("--expect-column is given without --expect");
    }
    if (expect == null && !expectIgnored.isEmpty()) {
      throw new IllegalArgumentException("--expect-ignore is given without --expect");
    }
    if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "--tolerance is " + tolerance + ", expected a number from 0 on");
    }
    if (batchSize < 1 || batchSize > MAX_BATCH) {
      throw new IllegalArgumentException(
          "--batch-size is " + batchSize + ", expected 1 to " + MAX_BATCH);
    }
    if (isFile() && Files.exists(out)) {
      for (Path read : expect == null ? List.of(input) : List.of(input, expect)) {
        if (Files.exists(read) && Files.isSameFile(out, read)) {
          throw new IllegalArgumentException(
              "--out is " + out + ", which is read, expected another file");
        }
      }
    }
  }

  /** Whether predictions go to a file. */
  private boolean isFile() {
    return out != null && !out.toString().equals(STANDARD_OUTPUT);
  }

  /** Returns a buffer before standard output, which fails as soon as that cannot be written. */
  private Writer standardOutput() {
    return out == null
        ? null
        : new BufferedWriter(new StandardOutput(spec.commandLine().getOut()), OUTPUT_BUFFER);
  }

  private ExpectedRows expected(List<String> outputs) throws IOException {
    return expect == null
        ? null
        : ExpectedRows.open(
            DataFile.open("--expect", expect), outputs, expectColumns, expectIgnored);
  }

  private DataProfile profile(ModelPackage model) throws IOException {
    if (NO_PROFILE.equals(profileLocation)) {
      return DataProfile.empty();
    }
    Path file = profileLocation == null ? model.profile().orElse(null) : Path.of(profileLocation);
    return file == null
        ? DataProfile.empty()
        : DataProfileFile.read(GivenFile.require("--profile", file, "a data profile, or none"));
  }

  private static void print(PrintWriter console, List<String> lines) {
    lines.forEach(console::println);
    console.flush();
  }
}
