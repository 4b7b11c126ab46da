package dev.sluice.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Prints what came of a demo run. */
final class DemoSummary {
  private static final int COLUMNS = 5;

  private final PrintWriter console;
  private final Path directory;

  DemoSummary(PrintWriter console, Path directory) {
    this.console = console;
    this.directory = directory;
  }

  /**
   * Prints the accounting, the drift, an example and where the results lie.
   *
   * @return whether the books balance
   */
  boolean print(long read, double seconds, DemoResults results, Schema featureSchema) {
    Accounting books = results.accounting();
    boolean balances = books.balances(read);
    line("");
    row("records read", read);
    row("  predicted", books.count(Accounting.Fate.PREDICTED));
    row("  malformed", books.count(Accounting.Fate.MALFORMED));
    row("  rejected", books.count(Accounting.Fate.REJECTED));
    row("  failed", books.count(Accounting.Fate.FAILED));
    line(
        balances
            ? "The books balance: read = predicted + malformed + rejected + failed."
            : "THE BOOKS DO NOT BALANCE: " + books.total() + " answers for " + read + " records.");
    row("records/s", Math.round(read / seconds));
    row("windows closed", results.windows().size());
    row("alarms raised", results.alarmsRaised());
    line("");
    line("Most drifted columns by window (PSI against the training data):");
    results.windows().lines().forEach(text -> line("  " + text));
    line("");
    line("The last window, " + results.windows().lastLabel() + ":");
    results.windows().lastWindow(COLUMNS).forEach(text -> line("  " + text));
    line("");
    printExample(results, featureSchema);
    line("Results in " + directory.toAbsolutePath() + ":");
    line("  predictions.avro, dead-letters.jsonl, profiles.jsonl, alarms.jsonl, model/");
    console.flush();
    return balances;
  }

  private void printExample(DemoResults results, Schema featureSchema) {
    GenericRecord prediction = results.firstPrediction();
    if (prediction != null) {
      byte[] feature = results.featureOf(prediction);
      line("A feature record and its prediction:");
      line("  " + GenericData.get().toString(new RecordFormat(featureSchema).decode(feature)));
      line("  " + GenericData.get().toString(prediction));
    }
    GenericRecord letter = results.firstDeadLetter();
    if (letter != null) {
      line("A dead letter: " + letter.get("kind") + ", " + letter.get("message"));
    }
    line("");
  }

  private void row(String name, long value) {
    line(String.format(Locale.ROOT, "%-16s %,12d", name, value));
  }

  private void line(String text) {
    console.println(text);
  }
}
