package dev.sluice.cli;

import dev.sluice.cli.letters.PublishedProfiles;
import dev.sluice.cli.profile.WindowRecords;
import dev.sluice.config.ClientOptions;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.profile.merge.WindowUnion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds windows up. */
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = Version.class,
    description = {
      "Adds profiles of windows up, such as the hours of a day, to the one of all their records: from"
          + " files that this command wrote, or from a topic of window profiles. The result is"
          + " exactly what one longer window would have counted; drift and expectations of windows,"
          + " which only a window's own judging gives, are left out.",
      "Exit code: 0 done, 1 failed, 2 wrong or unusable arguments."
    },
    footer = {
      "",
      "Examples:",
      "  sluice profile merge --topic input-profiles --bootstrap-servers localhost:9092 \\",
      "      --from 2026-01-31 --until 2026-02-01 --out day.json",
      "  sluice profile merge monday.json tuesday.json --out two-days.json"
    })
final class ProfileMergeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Profiles of windows, of this command.")
  private List<Path> files = List.of();

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description =
          "Where window profiles are: input-profiles or output-profiles, wherever the job's topics.*"
              + " lead, or the name of any topic.")
  private String topic;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "Take windows of the topic that start then or later: a time such as"
              + " 2026-01-31T09:00:00Z, or a day of the windows' time zone such as 2026-01-31"
              + " (default: all).")
  private String from;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Take windows of the topic that end then or earlier (default: all).")
  private String until;

  @Option(
      names = "--segment",
      defaultValue = "",
      paramLabel = "VALUE",
      description = "Take windows of this segment (default: those of all records).")
  private String segment;

  @Option(
      names = "--model",
      defaultValue = "",
      paramLabel = "SHA-256",
      description =
          "Take windows of this model, by the beginning of its SHA-256; needed where the topic has"
              + " several.")
  private String model;

  @Option(
      names = "--baseline",
      defaultValue = "",
      paramLabel = "SHA-256",
      description =
          "Take windows that were compared with this data profile, by the beginning of its SHA-256;"
              + " needed where those of the model are of several.")
  private String baseline;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to write it.")
  private Path out;

  @Option(names = "--overwrite", description = "Write over a file that is already there.")
  private boolean overwrite;

  @ArgGroup(validate = false, order = 1, heading = ClientSettings.HEADING)
  private ClientSettings settings = new ClientSettings();

  @Override
  public Integer call() throws IOException {
    requireTarget();
    if (files.isEmpty() == (topic == null)) {
      throw new IllegalArgumentException(
          (topic == null ? "neither files nor --topic are" : "files and --topic are both")
              + " given, expected one");
    }
    List<DataProfile> windows = topic == null ? ofFiles() : ofTopic();
    if (windows.isEmpty()) {
      throw new IllegalArgumentException(topic + " has no such windows, expected 1 or more");
    }
    DataProfile merged = WindowUnion.of(windows);
    DataProfileFile.write(merged, out);
    report(windows, merged);
    return 0;
  }

  private void requireTarget() {
    Path directory = out.toAbsolutePath().getParent();
    if (Files.isDirectory(out) || directory == null || !Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "--out is " + out + ", expected a file in a directory that exists");
    }
    if (Files.exists(out) && !overwrite) {
      throw new IllegalArgumentException(out + " exists already; --overwrite replaces it");
    }
  }

  private List<DataProfile> ofFiles() throws IOException {
    if (from != null
        || until != null
        || !segment.isEmpty()
        || !model.isEmpty()
        || !baseline.isEmpty()) {
      throw new IllegalArgumentException(
          "--from, --until, --segment, --model or --baseline is given with files, expected --topic");
    }
    List<DataProfile> windows = new ArrayList<>();
    for (Path file : files) {
      windows.add(DataProfileFile.read(GivenFile.require("FILE", file, "a window's profile")));
    }
    return windows;
  }

  private List<DataProfile> ofTopic() {
    requireTime("--from", from);
    requireTime("--until", until);
    ClientOptions options = settings.read();
    WindowRecords records = new WindowRecords();
    PublishedProfiles.read(
        options,
        ClientSettings.topic(options, topic),
        record -> {
          if (isChosen(record)) {
            records.add(record);
          }
        },
        this::note);
    return records.windows();
  }

  private boolean isChosen(DataProfile record) {
    if (record.window().start() == null) {
      return false;
    }
    String zone = record.window().timeZone();
    return record.window().segment().equals(segment)
        && record.model().sha256().startsWith(model)
        && record.window().baselineSha256().startsWith(baseline)
        && (from == null || record.window().start() >= millis(from, zone))
        && (until == null || record.window().end() <= millis(until, zone));
  }

  private static void requireTime(String option, String text) {
    if (text != null) {
      try {
        millis(text, "UTC");
      } catch (DateTimeException | ArithmeticException e) { // the latter of a year beyond millions
        throw new IllegalArgumentException(
            option
                + " is "
                + text
                + ", expected a time such as 2026-01-31T09:00:00Z or a day such as 2026-01-31",
            e);
      }
    }
  }

  private static long millis(String text, String zone) {
    boolean day = text.length() == "2026-01-31".length();
    Instant instant =
        day
            ? LocalDate.parse(text).atStartOfDay(ZoneId.of(zone)).toInstant()
            : OffsetDateTime.parse(text).toInstant();
    return instant.toEpochMilli();
  }

  private void report(List<DataProfile> windows, DataProfile merged) {
    PrintWriter console = spec.commandLine().getOut();
    console.printf(
        Locale.ROOT,
        "%s: %,d windows, %s to %s, %,d records%n",
        out,
        windows.size(),
        Instant.ofEpochMilli(merged.window().start()),
        Instant.ofEpochMilli(merged.window().end()),
        merged.counts().rows());
    console.flush();
    long open = windows.stream().filter(window -> !window.window().isFinal()).count();
    if (open > 0) {
      note(
          String.format(
              Locale.ROOT, "%,d of the windows are not final: late records may still come", open));
    }
  }

  private void note(String line) {
    PrintWriter notes = spec.commandLine().getErr();
    notes.println(line);
    notes.flush();
  }
}
