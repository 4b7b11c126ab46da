package dev.sluice.cli;

import dev.sluice.cli.inspect.Shown;
import dev.sluice.cli.letters.PublishedRecords;
import dev.sluice.cli.letters.RecordFile;
import dev.sluice.cli.score.ResultFile;
import dev.sluice.config.ClientOptions;
import dev.sluice.kafka.AbsentTopicException;
import dev.sluice.profile.Alarm;
import dev.sluice.report.History;
import dev.sluice.report.HistoryJson;
import dev.sluice.report.ModelCard;
import dev.sluice.report.ModelKey;
import dev.sluice.report.ReportPage;
import dev.sluice.report.SeenModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the drift report. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = Version.class,
    description = {
      "Writes what the window profiles and alarms say as one HTML file that needs nothing else:"
          + " verdict, distributions, drift over time, alarms, the books. It reads the topics of a"
          + " job, or files of their records, and changes nothing in them. A topic of alarms that"
          + " is not there, and messages that are not the job's, are noted and passed over."
    },
    footer = {
      "",
      "Examples:",
      "  sluice report --config job.yaml --model models/mine",
      "  sluice report --bootstrap-servers localhost:9092 --out drift.html",
      "  sluice report --profiles sluice-demo/profiles.jsonl --alarms sluice-demo/alarms.jsonl \\",
      "      --model sluice-demo/model",
      "",
      "Exit code: 0 written; 1 no windows, no broker or no such topic; 2 wrong arguments."
    })
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--profiles",
      paramLabel = "FILE",
      description =
          "Read window profiles of inputs and outputs from this file instead of the topics: JSON"
              + " lines, as demo and tail --json write them, or Avro; repeatable.")
  private List<Path> profiles = List.of();

  @Option(
      names = "--alarms",
      paramLabel = "FILE",
      description = "Read alarms from this file, with --profiles; repeatable.")
  private List<Path> alarms = List.of();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "Model package, or .onnx file, of the windows: the report says what its author states,"
              + " and draws its data profile beside the windows.")
  private Path model;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description =
          "The data profile that the windows were compared with (default: the model package's).")
  private Path profile;

  @Option(
      names = "--model-sha256",
      defaultValue = "",
      paramLabel = "SHA-256",
      description =
          "Report on windows of this model, by the beginning of its SHA-256 (default: the model of"
              + " the newest window).")
  private String modelSha256;

  @Option(
      names = "--baseline",
      defaultValue = "",
      paramLabel = "SHA-256",
      description =
          "Report on windows that were compared with this data profile, by the beginning of its"
              + " SHA-256 (default: that of --profile where windows were, else that of the newest"
              + " window).")
  private String baselineSha256;

  @Option(
      names = "--out",
      defaultValue = "sluice-report.html",
      paramLabel = "FILE",
      description = "Where to write it (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Option(names = "--overwrite", description = "Replace a file that is there.")
  private boolean overwrite;

  @ArgGroup(validate = false, order = 1, heading = ClientSettings.HEADING)
  private ClientSettings settings = new ClientSettings();

  @Override
  public Integer call() throws IOException {
    if (profiles.isEmpty() && !alarms.isEmpty()) {
      throw new IllegalArgumentException("--alarms is given without --profiles, expected both");
    }
    try (ResultFile file = ResultFile.open("--out", out, overwrite)) { // before all that takes long
      ModelCard card = model == null && profile == null ? null : ModelFacts.read(model, profile);
      History history = profiles.isEmpty() ? topics() : history(profiles, alarms, this::note);
      return write(history, card == null ? List.of() : List.of(card), file);
    }
  }

  private History topics() {
    History history = new History();
    ClientOptions options = settings.read();
    for (String topic : List.of("input-profiles", "output-profiles")) {
      PublishedRecords.profiles()
          .read(options, ClientSettings.topic(options, topic), history::add, this::note);
    }
    String alarmsTopic = ClientSettings.topic(options, "alarms");
    try {
      PublishedRecords.alarms().read(options, alarmsTopic, history::add, this::note);
    } catch (AbsentTopicException e) {
      note(
          "note: the report is without alarms; the job has none where its alarms.enabled is false: "
              + e.getMessage());
    }
    return history;
  }

  /**
   * Returns what files of records say.
   *
   * @param notes takes lines for a person
   */
  static History history(List<Path> profiles, List<Path> alarms, Consumer<String> notes)
      throws IOException {
    History history = new History();
    for (Path file : profiles) {
      GivenFile.require("--profiles", file, "a file of windows");
      RecordFile.read(file, PublishedRecords.profiles(), history::add, notes);
    }
    for (Path file : alarms) {
      GivenFile.require("--alarms", file, "a file of alarms");
      RecordFile.read(file, PublishedRecords.alarms(), history::add, notes);
    }
    return history;
  }

  private int write(History history, List<ModelCard> cards, ResultFile file) throws IOException {
    List<SeenModel> seen = history.models().stream().filter(this::isAskedFor).toList();
    if (seen.isEmpty()) {
      noteOpenAlarms(history);
      note(
          history.models().isEmpty()
              ? "there are no windows yet: nothing to report"
              : "there are no windows" + askedFor() + ": nothing to report");
      return 1;
    }
    ModelKey key = chosen(seen, cards);
    if (!cards.isEmpty() && !new HistoryJson(history, cards).hasBaseline(key)) {
      note(
          "warning: the windows were compared with the data profile of SHA-256 %s, got %s: distributions are drawn without it"
              .formatted(key.baselineSha256(), cards.get(0).baselineSha256()));
    }
    ReportPage page = new ReportPage(history, cards, key, Instant.now());
    page.write(file.writer());
    file.complete();
    PrintWriter console = spec.commandLine().getOut();
    console.println(page.sentence());
    console.println(out.toAbsolutePath());
    console.flush();
    return 0;
  }

  private String askedFor() {
    return (modelSha256.isEmpty() ? "" : " of model " + modelSha256)
        + (baselineSha256.isEmpty()
            ? ""
            : " that were compared with data profile " + baselineSha256);
  }

  private boolean isAskedFor(SeenModel model) {
    return model.model().sha256().startsWith(modelSha256)
        && model.baselineSha256().startsWith(baselineSha256);
  }

  /**
   * Returns, of the newest model, what was compared with the data profile that is given, else the
   * newest.
   */
  private ModelKey chosen(List<SeenModel> seen, List<ModelCard> cards) {
    String newest = seen.get(0).model().sha256();
    return seen.stream()
        .filter(model -> model.model().sha256().equals(newest))
        .filter(
            model ->
                profile != null && model.baselineSha256().equals(cards.get(0).baselineSha256()))
        .findFirst()
        .orElse(seen.get(0))
        .key();
  }

  private void noteOpenAlarms(History history) {
    List<Alarm> open =
        history.openAlarms().stream()
            .filter(alarm -> alarm.model().sha256().startsWith(modelSha256))
            .filter(alarm -> alarm.window().baselineSha256().startsWith(baselineSha256))
            .toList();
    if (!open.isEmpty()) {
      note(
          "note: alarms that are raised and not cleared: %d; the last: %s"
              .formatted(open.size(), Shown.text(open.get(open.size() - 1).message())));
    }
  }

  private void note(String line) {
    PrintWriter notes = spec.commandLine().getErr();
    notes.println(line);
    notes.flush();
  }

  /** Writes the report on the model of the newest window, if there is one. */
  static void write(History history, List<ModelCard> cards, Path file) throws IOException {
    ModelKey key = history.models().stream().findFirst().map(SeenModel::key).orElse(null);
    try (ResultFile result = ResultFile.open("report", file, true)) {
      new ReportPage(history, cards, key, Instant.now()).write(result.writer());
      result.complete();
    }
  }
}
