package dev.sluice.cli.score;

import dev.sluice.record.DeadLetter;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Violation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings what became of the rows back into their order: rows that reached no batch wait for the
 * batch that was being filled meanwhile.
 */
final class RowOrder implements LocalScorer.Outcome {
  private final Deque<DeadLetter> waiting = new ArrayDeque<>();
  private final Consumer<ScoredRow> rows;

  /**
   * @param rows takes each row in the order of the file
   */
  RowOrder(Consumer<ScoredRow> rows) {
    this.rows = rows;
  }

  @Override
  public void dropped(DeadLetter letter) {
    waiting.add(letter);
  }

  @Override
  public void scored(PredictionBatch batch) {
    FeatureBatch features = batch.features();
    for (int i = 0; i < batch.size(); i++) {
      long row = features.source(i).offset();
      while (!waiting.isEmpty() && waiting.peek().source().offset() < row) {
        rows.accept(row(waiting.remove()));
      }
      rows.accept(
          batch.isPredicted(i)
              ? ScoredRow.predicted(row, OutputValues.of(batch, i), warnings(batch, i))
              : ScoredRow.unpredicted(
                  row, ScoredRow.Status.FAILED, batch.failure(i), batch.message(i)));
    }
  }

  private static List<String> warnings(PredictionBatch batch, int row) {
    return Stream.concat(
            batch.features().warnings(row).stream().map(Violation::message),
            batch.warnings(row).stream()
                .map(
                    v ->
                        "output %s is %s, expected %s"
                            .formatted(v.column(), v.value(), v.expectation())))
        .toList();
  }

  /** Returns how many rows wait. */
  int waiting() {
    return waiting.size();
  }

  /** Gives out the rows that wait; no batch may be under way. */
  void release() {
    while (!waiting.isEmpty()) {
      rows.accept(row(waiting.remove()));
    }
  }

  private static ScoredRow row(DeadLetter letter) {
    return ScoredRow.unpredicted(
        letter.source().offset(),
        ScoredRow.Status.valueOf(letter.kind().name()),
        letter.reason(),
        letter.violations().isEmpty() ? letter.message() : messages(letter.violations()));
  }

  private static String messages(List<Violation> violations) {
    return violations.stream().map(Violation::message).collect(Collectors.joining("; "));
  }
}
