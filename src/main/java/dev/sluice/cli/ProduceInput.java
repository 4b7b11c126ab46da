package dev.sluice.cli;

import dev.sluice.cli.produce.EventTime;
import dev.sluice.cli.produce.FileRecords;
import dev.sluice.cli.produce.RecordSource;
import dev.sluice.cli.score.DataFile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import me.tongfei.progressbar.ProgressBar;
import org.apache.avro.Schema;
import picocli.CommandLine.Option;

/** Where the records of {@code produce} come from, as its arguments. */
final class ProduceInput {
  static final String HEADING = "%nWhich records:%n";
  static final String FIELD = "--event-time-field";
  static final String TIME = "--event-time";
  private static final String NOW = "now";
  private static final long SIMULATED = 1000;
  private static final Faults NO_FAULTS = new Faults(Map.of(), "", "", "");

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description =
          "Read them from this file: CSV or JSON lines, plain or gzipped, Avro or Parquet. A row that"
              + " is no record of the schema ends the command, with its line.")
  private Path input;

  @Option(
      names = "--simulate",
      paramLabel = "PROFILE",
      description =
          "Draw them from a data profile, each column on its own: its file, or the model package that"
              + " has it.")
  private Path simulate;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Send N of them (default: the whole file; 1000 with --simulate).")
  private Long count;

  @Option(
      names = FIELD,
      paramLabel = "FIELD",
      description =
          "Field of the event time, for --event-time and --simulate, and for the unit of a Parquet"
              + " or Avro file's times where it is a long without a logical type.")
  private String eventTimeField;

  @Option(
      names = TIME,
      paramLabel = "WHEN",
      description =
          "now: the time of sending, so that a file need not have the field; with --simulate also START/END, two times in ISO 8601 over which"
              + " they are spread (default: as the file has it; now with --simulate).")
  private String eventTime;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Seed of --simulate and --faults (default: ${DEFAULT-VALUE}).")
  private long seed;

  /**
   * Records and their schema.
   *
   * @param source closed with this
   * @param size how far the source goes, in its unit
   * @param inBytes whether that unit is bytes
   */
  record Opened(RecordSource source, Schema schema, long size, boolean inBytes)
      implements AutoCloseable {
    ProgressBar progress() {
      return inBytes ? FileProgress.inBytes("produce", size) : new ProgressBar("produce", size);
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }

  void requireArguments(String schemaLocation) {
    if ((input == null) == (simulate == null)) {
      throw new IllegalArgumentException(
          (input == null ? "neither --input nor --simulate is" : "--input and --simulate are")
              + " given, expected one");
    }
    if (simulate != null && schemaLocation == null) {
      throw new IllegalArgumentException(
          "--schema is not given, expected the schema that --simulate draws records of");
    }
    if (count != null && count < 1) {
      throw new IllegalArgumentException("--count is " + count + ", expected 1 or more");
    }
    if (eventTime != null && eventTimeField == null) {
      throw new IllegalArgumentException(
          TIME + " is given without the field that it goes to, expected " + FIELD);
    }
    if (input != null && eventTime != null && !eventTime.equals(NOW)) {
      throw new IllegalArgumentException(
          TIME + " is " + eventTime + ", expected now with --input, or none for the file's own");
    }
  }

  /** Opens them; the schema is null for the file's own. */
  Opened open(Schema schema, Consumer<String> notes) throws IOException {
    if (simulate != null) {
      return simulated(schema);
    }
    DataFile file = DataFile.open("--input", input);
    FileRecords records = new FileRecords(file, schema, eventTimeField(), eventTime != null, notes);
    return count == null
        ? new Opened(records, records.schema(), file.size(), true)
        : new Opened(records, records.schema(), count, false);
  }

  private Opened simulated(Schema schema) throws IOException {
    Path file = Files.isDirectory(simulate) ? simulate.resolve("data-profile.json") : simulate;
    DataProfile profile =
        DataProfileFile.read(GivenFile.require("--simulate", file, "a data profile"));
    RecordSimulator simulator =
        new RecordSimulator(
            schema,
            profile,
            "",
            eventTime(schema).isPresent() ? eventTimeField : "",
            limit(),
            times(),
            NO_FAULTS,
            seed);
    return new Opened(new SimulatedRecords(simulator), schema, limit(), false);
  }

  /** Returns how many records are sent at most. */
  long limit() {
    return count != null ? count : simulate != null ? SIMULATED : Long.MAX_VALUE;
  }

  long seed() {
    return seed;
  }

  /** Returns the name of the field of the event time, empty for none. */
  String eventTimeField() {
    return eventTimeField == null ? "" : eventTimeField;
  }

  /** Returns the event times that are put into records; empty where they keep their own. */
  Optional<EventTime> eventTime(Schema schema) {
    boolean kept = eventTimeField == null || input != null && eventTime == null;
    return kept
        ? Optional.empty()
        : Optional.of(EventTime.of(FIELD, schema, eventTimeField, times()));
  }

  private LongUnaryOperator times() {
    return eventTime == null || eventTime.equals(NOW)
        ? i -> System.currentTimeMillis()
        : EventTime.spread(TIME, eventTime, limit());
  }
}
