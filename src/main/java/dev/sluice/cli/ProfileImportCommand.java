package dev.sluice.cli;

import dev.sluice.SchemaColumns;
import dev.sluice.SchemaFile;
import dev.sluice.cli.inspect.Shown;
import dev.sluice.expect.gx.GreatExpectationsSuite;
import dev.sluice.expect.gx.SuiteColumns;
import dev.sluice.expect.gx.SuiteTranslation;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.StatedExpectations;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Folds expectations of another tool into a data profile. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Folds a suite of Great Expectations into a data profile.")
final class ProfileImportCommand implements Callable<Integer> {
  private static final String GREAT_EXPECTATIONS = "great-expectations";

  @Spec private CommandSpec spec;

  @Option(
      names = "--from",
      required = true,
      paramLabel = GREAT_EXPECTATIONS,
      description = "Whose file it is.")
  private String from;

  @Parameters(paramLabel = "FILE", description = "The suite: JSON, of version 0.x or 1.x.")
  private Path suiteFile;

  @Option(
      names = "--into",
      required = true,
      paramLabel = "FILE",
      description = "The data profile; without --schema, its columns are what the suite is about.")
  private Path profileFile;

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description =
          "Avro schema of feature records, a path, or classpath: and a name: the suite is about its"
              + " fields, as with the job's option validation.suite, not about the profile's columns,"
              + " among which are neither times nor the event time.")
  private String schemaLocation;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write the profile (default: over the one of --into).")
  private Path out;

  @Option(names = "--overwrite", description = "Write over a file that is already there.")
  private boolean overwrite;

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "Value that stands for a $$PARAMETER of the suite.")
  private Map<String, String> parameters = new TreeMap<>();

  @Option(
      names = "--severity",
      defaultValue = "critical",
      paramLabel = "critical|warning|info",
      description = "Severity of expectations that state none (default: ${DEFAULT-VALUE}).")
  private String severity;

  @Option(
      names = "--unsupported",
      defaultValue = "warn",
      paramLabel = "fail|warn",
      description =
          "What becomes of expectations that cannot be evaluated on a stream: fail writes nothing,"
              + " warn names them and takes the others (default: ${DEFAULT-VALUE}).")
  private String unsupported;

  @Override
  public Integer call() throws IOException {
    oneOf("--from", from, List.of(GREAT_EXPECTATIONS));
    oneOf("--unsupported", unsupported, List.of("fail", "warn"));
    oneOf("--severity", severity, List.of("critical", "warning", "info"));
    Path target = target();
    DataProfile profile =
        DataProfileFile.read(GivenFile.require("--into", profileFile, "a data profile"));
    GreatExpectationsSuite suite =
        GreatExpectationsSuite.read(
            GivenFile.require("FILE", suiteFile, "a suite of Great Expectations"));
    SuiteTranslation translation =
        suite.translate(
            columns(profile), parameters, Severity.valueOf(severity.toUpperCase(Locale.ROOT)));
    refuse(translation);
    StatedExpectations folded = StatedExpectations.foldInto(profile, translation.expectations());
    // What nobody can read again is not written: perhaps over one that can be read.
    DataProfileFile.read(
        new ByteArrayInputStream(DataProfileFile.toBytes(folded.profile())),
        profileFile + " with " + suiteFile);
    DataProfileFile.write(folded.profile(), target);
    report(target, suite.size(), folded, translation);
    return 0;
  }

  private static void oneOf(String option, String value, List<String> known) {
    if (!known.contains(value)) {
      throw new IllegalArgumentException(
          option + " is " + value + ", expected " + String.join(" or ", known));
    }
  }

  private Path target() {
    Path target = out == null ? profileFile : out;
    Path directory = target.toAbsolutePath().getParent();
    if (Files.isDirectory(target) || directory == null || !Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "the target is " + target + ", expected a file in a directory that exists");
    }
    if (Files.exists(target) && !overwrite) {
      throw new IllegalArgumentException(
          target + " exists already; --overwrite replaces it, --out names another");
    }
    return target;
  }

  private SuiteColumns columns(DataProfile profile) {
    return schemaLocation == null
        ? new ProfileColumns(profile)
        : new SchemaColumns(SchemaFile.read("--schema", schemaLocation));
  }

  private record ProfileColumns(DataProfile profile) implements SuiteColumns {
    @Override
    public Optional<ElementType> type(String column) {
      return profile.column(column).map(ColumnProfile::valueType);
    }

    @Override
    public String place() {
      return "the data profile, which has neither times nor the event time: --schema names what"
          + " records have";
    }
  }

  private void refuse(SuiteTranslation translation) {
    Stream<SuiteTranslation.Listed> refused =
        unsupported.equals("fail")
            ? Stream.concat(translation.wrong().stream(), translation.unsupported().stream())
            : translation.wrong().stream();
    List<String> lines = refused.map(entry -> suiteFile + ": " + entry).toList();
    if (!lines.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n  ", lines));
    }
  }

  private void report(
      Path target, int entries, StatedExpectations folded, SuiteTranslation translation) {
    PrintWriter console = spec.commandLine().getOut();
    console.printf(
        Locale.ROOT,
        "%s: %d of %d expectations taken, %d of them in place of one that was there%n",
        target,
        translation.stated().size(),
        entries,
        folded.merged());
    translation
        .stated()
        .forEach(s -> println("  taken        " + s.place() + ": " + s.expectation().id()));
    translation.vacuous().forEach(e -> println("  always met   " + e));
    translation.unsupported().forEach(e -> println("  unsupported  " + e));
    console.flush();
  }

  /** A suite may hold anything, also what steers a terminal. */
  private void println(String line) {
    spec.commandLine().getOut().println(Shown.text(line));
  }
}
