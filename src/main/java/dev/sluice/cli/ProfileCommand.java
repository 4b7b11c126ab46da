package dev.sluice.cli;

import dev.sluice.cli.inspect.Shown;
import dev.sluice.cli.profile.Malformed;
import dev.sluice.cli.profile.ProfileDiff;
import dev.sluice.cli.profile.ProfileRun;
import dev.sluice.cli.profile.ProfileTarget;
import dev.sluice.cli.profile.ProfileText;
import dev.sluice.cli.profile.RowSource;
import dev.sluice.cli.score.Split;
import dev.sluice.config.AnswerOptions;
import dev.sluice.model.ModelPackage;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DataSet;
import dev.sluice.profile.file.DataProfileFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
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
    subcommands = {ProfileImportCommand.class, ProfileMergeCommand.class},
    description = {
      "Makes the data profile of a model package from its training data, or of data alone.",
      "With --show or --diff it makes none: it prints one, or compares two.",
      "Exit code: 0 done (with --diff: equal), 1 failed (with --diff: different), 2 wrong or"
          + " unusable arguments."
    })
final class ProfileCommand implements Callable<Integer> {
  private static final int DEFAULT_WIDTH = 120;

  @Spec private CommandSpec spec;

  @Mixin private ProfileSource data;

  @Option(
      names = "--event-time-field",
      defaultValue = "",
      paramLabel = "FIELD",
      description = "Field that holds the event time; it is not profiled.")
  private String eventTimeField;

  @Option(
      names = "--on-malformed",
      defaultValue = "fail",
      paramLabel = "fail|skip",
      description =
          "What becomes of rows that are no records: the first ends the run, or they are counted"
              + " and skipped (default: ${DEFAULT-VALUE}).")
  private Malformed.Policy onMalformed;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "Model package or .onnx file; it scores the data, so that its outputs are profiled, too"
              + " (default: none, every single value and array of the schema is profiled, but for"
              + " arrays in arrays).")
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
      names = "--per-element",
      description =
          "Profile each element of an array of fixed size as a column of its own, name[0], name[1]"
              + " and so on, at most 1,000 in all (default: one column of all elements).")
  private boolean perElement;

  @Option(
      names = "--code",
      defaultValue = "",
      paramLabel = "TEXT",
      description =
          "Where the training code is, such as a repository and commit; kept in the profile.")
  private String codePointer;

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

  @Option(
      names = "--show",
      paramLabel = "FILE",
      description = "Print this profile and its expectations as tables.")
  private Path shown;

  @Option(
      names = "--diff",
      arity = "2",
      paramLabel = "FILE",
      description = "Print what differs between two profiles, the older first.")
  private List<Path> compared = List.of();

  @Override
  public Integer call() throws IOException {
    if (shown != null || !compared.isEmpty()) {
      requireNoOther();
      return shown != null ? show() : diff();
    }
    return make();
  }

  private void requireNoOther() {
    if (data.isGiven()
        || out != null
        || modelPath != null
        || shown != null == !compared.isEmpty()) {
      throw new IllegalArgumentException(
          (shown != null ? "--show" : "--diff")
              + " is given with what makes or compares profiles, expected it alone");
    }
  }

  private int show() throws IOException {
    return print(ProfileText.of(read("--show", shown), consoleWidth()), 0);
  }

  private int diff() throws IOException {
    if (compared.size() != 2) {
      throw new IllegalArgumentException("--diff has " + compared.size() + " files, expected two");
    }
    List<String> differences =
        ProfileDiff.of(read("--diff", compared.get(0)), read("--diff", compared.get(1)));
    return print(
        differences.isEmpty() ? List.of("the profiles are equal") : differences,
        differences.isEmpty() ? 0 : 1);
  }

  private static DataProfile read(String option, Path file) throws IOException {
    return DataProfileFile.read(GivenFile.require(option, file, "a data profile"));
  }

  private int print(List<String> lines, int code) {
    PrintWriter console = spec.commandLine().getOut();
    // Names and values of a file may hold anything, also what steers a terminal.
    lines.forEach(line -> console.println(Shown.text(line, Integer.MAX_VALUE)));
    console.flush();
    return code;
  }

  /** A terminal's lines have a width; what is piped is not cut. */
  private static int consoleWidth() {
    String columns = System.getenv("COLUMNS");
    if (columns != null && columns.matches("[1-9]\\d{1,4}")) {
      return Integer.parseInt(columns);
    }
    return System.console() == null ? Integer.MAX_VALUE : DEFAULT_WIDTH;
  }

  private int make() throws IOException {
    requireArguments();
    AnswerOptions answers = data.isTopic() ? settings.readBesideTopic() : settings.read();
    PrintWriter err = spec.commandLine().getErr();
    Consumer<String> notes =
        line -> {
          err.println(line);
          err.flush();
        };
    ModelPackage model =
        modelPath == null ? null : VerifiedModel.open(modelPath, answers.scoring(), err);
    Path target = ProfileTarget.of(out, model, overwrite);
    Split split = data.split();
    Malformed malformed = new Malformed(onMalformed);
    RowSource source = data.open(settings, answers.inputs(), eventTimeField, notes);
    ProfileRun run =
        new ProfileRun(
            source,
            split,
            malformed,
            eventTimeField,
            timeZone,
            parts.read(eventTimeField, ZoneId.of(timeZone)),
            perElement,
            codePointer,
            notes);
    DataProfile profile;
    try (ProgressBar progress = FileProgress.of("profile", source)) {
      profile =
          model == null
              ? run.plain(progress::stepTo)
              : run.scored(model, answers, progress::stepTo);
    }
    DataProfileFile.write(profile, target);
    report(target, profile, split, malformed, model == null ? null : run);
    return 0;
  }

  private void requireArguments() {
    data.require();
    try {
      ZoneId.of(timeZone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "--time-zone is " + timeZone + ", expected a time zone such as UTC or Europe/Berlin", e);
    }
    if (codePointer.length() > DataSet.MAX_CODE_POINTER) {
      throw new IllegalArgumentException(
          "--code has %d characters, expected at most %d"
              .formatted(codePointer.length(), DataSet.MAX_CODE_POINTER));
    }
  }

  /**
   * @param scored knows what the model made of the rows; null where there is none
   */
  private void report(
      Path target, DataProfile profile, Split split, Malformed malformed, ProfileRun scored) {
    PrintWriter console = spec.commandLine().getOut();
    console.printf(
        Locale.ROOT,
        "%s: %,d rows, %d features, %d outputs%n",
        target,
        profile.counts().rows(),
        profile.columns().size(),
        profile.outputs().size());
    if (!profile.parts().isEmpty()) {
      console.printf(Locale.ROOT, "%,d segments and seasons%n", profile.parts().size());
    }
    if (!split.isAll()) {
      console.printf(
          Locale.ROOT,
          "%,d rows were left out that do not have %s%s%n",
          split.leftOut(),
          split,
          split.leftOut() == 0 ? "" : ": " + split.others());
    }
    if (malformed.count() > 0) {
      console.printf(
          Locale.ROOT,
          "%,d malformed rows were skipped, the first: %s%n",
          malformed.count(),
          malformed.first());
    }
    if (scored != null) {
      console.printf(Locale.ROOT, "the model failed on %,d rows%n", scored.failed());
    }
    if (scored != null && scored.unscored().rows() > 0) {
      console.printf(
          Locale.ROOT,
          "%,d rows were not scored, since the model's inputs cannot take them, the first: %s%n",
          scored.unscored().rows(),
          Shown.text(scored.unscored().first(), Integer.MAX_VALUE));
    }
    console.flush();
  }
}
