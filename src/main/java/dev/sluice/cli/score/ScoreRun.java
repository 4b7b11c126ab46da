package dev.sluice.cli.score;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.function.Consumer;

/** Scores the rows of a file and gives each on in its order; holds no more than a batch of them. */
public final class ScoreRun {
  private final LocalScorer scorer;
  private final int batchRows;
  private final RowOrder order;
  private final Books books = new Books();

  private ScoreRun(LocalScorer scorer, int batchRows, Consumer<ScoredRow> sink) {
    this.scorer = scorer;
    this.batchRows = batchRows;
    this.order = new RowOrder(sink.andThen(books::add));
  }

  /**
   * Scores all rows.
   *
   * @param batchRows the rows of the scorer's batches
   * @param out takes a line of JSON per row; null for nobody
   * @param comparison holds each row against another; null for none
   * @param progress called now and then
   * @throws IOException if the output cannot be written
   * @throws IllegalArgumentException if a file cannot be read to its end
   */
  public static Books run(
      InputRows rows,
      LocalScorer scorer,
      int batchRows,
      Writer out,
      Comparison comparison,
      Runnable progress)
      throws IOException {
    PredictionLines lines = out == null ? null : new PredictionLines(out);
    Consumer<ScoredRow> sink =
        row -> {
          if (lines != null) {
            write(lines, row);
          }
          if (comparison != null) {
            comparison.add(row);
          }
        };
    ScoreRun run = new ScoreRun(scorer, batchRows, sink);
    try {
      run.all(rows, progress);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (comparison != null) {
      comparison.finish();
    }
    return run.books;
  }

  private static void write(PredictionLines lines, ScoredRow row) {
    try {
      lines.write(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void all(InputRows rows, Runnable progress) {
    long read = 0;
    for (InputRow row = rows.next(); row != null; row = rows.next()) {
      if (row.isMalformed()) {
        scorer.addMalformed(row.problem(), order);
      } else {
        scorer.add(row.value(), order);
      }
      if (order.waiting() >= batchRows) {
        release();
      }
      if (++read % batchRows == 0) {
        progress.run();
      }
    }
    release();
    progress.run();
  }

  private void release() {
    scorer.flush(order);
    order.release();
  }
}
