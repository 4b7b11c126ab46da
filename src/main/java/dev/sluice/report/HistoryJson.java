package dev.sluice.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.profile.ProfileKind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The documents that the pages draw from, written as JSON. Shares are 0 to 1, times milliseconds
 * since the epoch, a number that is not known is null. A column's {@code status} is {@code DRIFT},
 * {@code SIGN} (no verdict of drift, but a sign such as {@code VANISHED}), {@code
 * INSUFFICIENT_DATA}, {@code NOT_JUDGED}, {@code OK} or {@code GONE}: the last window of its kind
 * and segment has nothing of its feature or output. Numbers of a series have 7 digits.
 *
 * <pre>
 * overview: {
 *   model {name, version, sha256, baselineSha256}, models [{… , windows, first, last}],
 *   segment, segments [name]                      "" is all records; the one that is asked for, too
 *   timeZone, window                              of the windows: an ISO 8601 period
 *   verdict {level, sentence, details [text], start, end}
 *   columns [{kind, name, type, unit, status, judged, value, threshold, error, metric, reference,
 *             missing, rows, signs [kind], unmet, alarms, recent [value]}]     worst first
 *   windows [{start, end, final, revision, rows, rejected, late, read, malformed, predicted,
 *             failed, drifted}], windowsLeftOut      oldest first, the last 2000
 *   droppedWindows                                  those that memory did not hold
 *   totals {windows, read, readWithoutWindow, malformed, rejected, predicted, failed, late,
 *           latePredicted, balanced}              of all windows and of what came too late for one;
 *                                                 readWithoutWindow: of read, those in no window
 *   rejections [{reason, producer, count}]        of all windows, most first
 *   unmet [{…result}]                             of the last summary: of several columns
 *   alarms [{…}]                                  newest first, active and then the last: 500; those
 *                                                 of a silent feed whatever the otherModel, then
 *                                                 active until a later sign of another job
 *   activeAlarms, alarmsLeftOut                   how many there are, and are not among those
 *   droppedAlarms                                 of all models, those that memory did not hold
 *   hasBaseline, otherCard                        SHA-256 of another model whose card was given
 *   card {facts [{depth, name, value}], dataSet {…}} or null
 * }
 * column: {
 *   kind, name, segment, type, unit, note
 *   series {every, windows, drifted, first, last, start [], end [], rows [], status [], signs [[]], value [], threshold [],
 *           error [], missing [], special [], violating [], mean [], low [], high []}
 *   labels [{value, shares []}]                   of an output with few values, by window
 *   otherLabels [share]                           of labels beyond those; or null: there are none
 *   newest, worst {start, end, final, status, statistics, referenceStatistics, metric, value, threshold, error, reference,
 *                  neededRows, tooManyTexts, significance, metrics [], signs [], forgotten, distribution, results []}
 *   alarms [{…}]                                  of this column and segment, oldest first
 * }
 *                                               forgotten: memory did not hold its distribution
 * distribution: null, or {type "bins", edges [n+1], window [n], reference [n]}
 *            or {type "values", values [n], new [n], window [n], reference [n]}
 *                                               shares per bin or value; null where unknown
 * segments: {allColumns, columns [{kind, name}]   the worst 40 of all, over all segments
 *            segments [{name, rows, status [], value []}]}
 * </pre>
 *
 * <p>A series of more than {@value #MAX_POINTS} windows is thinned: of each {@code every}
 * neighbouring windows the worst is there, with the greatest shares and the widest band of them
 * all; {@code first} and {@code last} are the start of the first window and the end of the last, of
 * all that are known.
 */
public final class HistoryJson {
  /** The most points of a series. */
  public static final int MAX_POINTS = 1000;

  private final History history;
  private final List<ModelCard> cards;

  /**
   * @param history is read while this writes
   * @param cards what is known of the models
   */
  public HistoryJson(History history, List<ModelCard> cards) {
    this.history = requireNonNull(history, "history is null");
    this.cards = List.copyOf(cards);
  }

  /**
   * Writes the overview of a model's segment as an object; of a model without windows that nothing
   * is known but alarms.
   *
   * @param key null for no model: neither windows nor alarms are about one
   */
  public void overview(JsonGenerator json, ModelKey key, String segment) throws IOException {
    OverviewJson overview = new OverviewJson(json, history);
    if (key == null || history.model(key).isEmpty()) {
      overview.empty(KnownModel.of(key, cards));
    } else {
      overview.write(history.model(key).get(), segment, KnownModel.of(key, cards));
    }
  }

  /**
   * Writes one column of a segment as an object.
   *
   * @return whether there is one; otherwise nothing is written
   */
  public boolean column(
      JsonGenerator json, ModelKey key, ProfileKind kind, String segment, String name)
      throws IOException {
    return column(json, key, kind, segment, name, MAX_POINTS);
  }

  /** Writes one column with a series of at most so many points. */
  boolean column(
      JsonGenerator json, ModelKey key, ProfileKind kind, String segment, String name, int points)
      throws IOException {
    Optional<ColumnHistory> column =
        history
            .model(key)
            .flatMap(model -> model.find(kind, segment))
            .map(known -> known.column(name));
    if (column.isEmpty()) {
      return false;
    }
    KnownModel known = KnownModel.of(key, cards);
    new ColumnJson(json, known.baseline(), history, key, points)
        .write(kind, segment, column.get(), known.card());
    return true;
  }

  /** Writes how every column of every segment stands as an object. */
  public void segments(JsonGenerator json, ModelKey key) throws IOException {
    SegmentsJson.write(json, history.model(key));
  }

  /** Returns whether a baseline is known that the model's windows are compared with. */
  public boolean hasBaseline(ModelKey key) {
    return KnownModel.of(key, cards).baseline().isPresent();
  }
}
