package dev.sluice.report;

import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DriftSign;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.Quantile;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import dev.sluice.report.Series.Number;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One column of one segment, window by window. The final revision of a window counts, or else the
 * last. Mutable, not thread-safe.
 */
final class ColumnHistory {
  private static final int MAX_UNMET = 127;
  private static final int MAX_LABELS = 8;

  private final SegmentHistory segment;
  private final String name;
  private final ElementType type;
  private final boolean labelled;
  private final Series series;
  private final List<String> labels = new ArrayList<>();
  private boolean otherLabels;
  private WindowColumn newest;
  private WindowColumn worst;

  /**
   * @param segment what it is a column of
   * @param labelled whether the shares of its values are kept by window where it is of a type of
   *     labels, texts, integers or booleans: an output may be one, a score is none
   */
  ColumnHistory(SegmentHistory segment, String name, ElementType type, boolean labelled) {
    this.segment = segment;
    this.name = name;
    this.type = type;
    this.labelled = labelled && (type == ElementType.STRING || type.isIntegral());
    this.series = new Series(this.labelled ? MAX_LABELS : 0);
  }

  String name() {
    return name;
  }

  ElementType type() {
    return type;
  }

  Series series() {
    return series;
  }

  /** Returns the newest window, or of several the newest that was judged. */
  WindowColumn newest() {
    return newest;
  }

  /**
   * Returns the window with the greatest distance; null where none has one, or the one that had it
   * is known no more.
   */
  WindowColumn worst() {
    return worst;
  }

  long bytes() {
    long bytes = series.bytes() + 128 + 2L * name.length();
    bytes += newest == null ? 0 : newest.bytes();
    return worst == null || worst == newest ? bytes : bytes + worst.bytes();
  }

  /** Takes a window, unless a revision of it is known that counts; returns whether it was taken. */
  boolean add(DataProfile record, ColumnProfile column) {
    ProfiledWindow window = record.window();
    int at = series.find(window.start(), window.end());
    if (at < 0) {
      at = -1 - at;
      series.insert(at, window.start(), window.end());
    } else if (series.rank(at) > window.rank()) {
      return false;
    }
    fill(at, record, column);
    keep(record, column, at);
    return true;
  }

  private void fill(int at, DataProfile record, ColumnProfile column) {
    ColumnDrift drift = column.drift();
    series.set(at, record.window().rank(), column.rows(), Status.of(drift), signs(drift));
    boolean distance = drift != null && drift.value() != null;
    series.set(at, Number.VALUE, distance ? drift.value() : Double.NaN);
    series.set(at, Number.THRESHOLD, drift == null ? Double.NaN : drift.threshold());
    series.set(at, Number.ERROR, distance ? drift.errorBound() : Double.NaN);
    series.set(at, Number.MISSING, share(column.missing(), column.rows()));
    long special = column.isText() ? 0 : column.present() - column.finite();
    series.set(at, Number.SPECIAL, share(special, column.rows()));
    series.set(at, Number.VIOLATING, violating(record));
    series.set(at, Number.MEAN, column.mean() == null ? Double.NaN : column.mean());
    Map<String, Quantile> quantiles = column.quantiles();
    series.set(at, Number.LOW, quantile(quantiles, "p05"));
    series.set(at, Number.HIGH, quantile(quantiles, "p95"));
    fillLabels(at, column);
  }

  /**
   * Where all values are counted one by one, and are few, they are labels. Of a window before that
   * was so too, a label that comes later had none; beyond the most that are kept there are others.
   */
  private void fillLabels(int at, ColumnProfile column) {
    if (!labelled) {
      return;
    }
    Map<String, Long> values = column.values();
    for (int label = 0; label < MAX_LABELS; label++) {
      series.setShare(at, label, Double.NaN); // of a revision before
    }
    if (values.isEmpty() || values.size() > MAX_LABELS && labels.isEmpty()) {
      return;
    }
    for (String value : values.keySet()) {
      if (!labels.contains(value)) {
        add(value);
      }
    }
    for (int label = 0; label < labels.size(); label++) {
      series.setShare(
          at, label, share(values.getOrDefault(labels.get(label), 0L), column.present()));
    }
  }

  private void add(String label) {
    if (labels.size() == MAX_LABELS) {
      otherLabels = true;
      return;
    }
    labels.add(label);
    for (int i = 0; i < series.size(); i++) {
      if (!Float.isNaN(series.share(0, i))) {
        series.setShare(i, labels.size() - 1, 0);
      }
    }
  }

  /** Returns the values whose shares are kept by window; none where it has none, or too many. */
  List<String> labels() {
    return List.copyOf(labels);
  }

  /** Returns whether there were more labels than those whose shares are kept. */
  boolean hasOtherLabels() {
    return otherLabels;
  }

  private static double share(long part, long all) {
    return all == 0 ? Double.NaN : part / (double) all;
  }

  private static double quantile(Map<String, Quantile> quantiles, String of) {
    return quantiles.containsKey(of) ? quantiles.get(of).value() : Double.NaN;
  }

  private static int signs(ColumnDrift drift) {
    int bits = 0;
    if (drift != null) {
      for (DriftSign sign : drift.signs()) {
        bits |= 1 << sign.kind().ordinal();
      }
    }
    return bits;
  }

  /**
   * The worst of the critical expectations of single records: a record may have failed several.
   * What becomes of it, the job decides.
   */
  private static double violating(DataProfile record) {
    double worst = 0;
    for (ExpectationResult result : record.findings().expectations()) {
      boolean ofRecord = result.severity() == Severity.CRITICAL && !result.isOfWindow();
      if (ofRecord && record.counts().rows() > 0) {
        worst = Math.max(worst, result.unexpected() / (double) record.counts().rows());
      }
    }
    return Math.min(1, worst);
  }

  private void keep(DataProfile record, ColumnProfile column, int at) {
    WindowColumn whole = null;
    if (newest == null || replaces(record.window(), column.drift(), newest)) {
      whole = WindowColumn.of(record, column);
      newest = whole;
    }
    if (worst != null && isOf(worst, record.window())) {
      worst = null; // a later revision may be milder than a window that is not known whole any more
    }
    float value = series.number(Number.VALUE, at);
    if (!Float.isNaN(value) && isGreatest(value)) {
      worst = whole == null ? WindowColumn.of(record, column) : whole;
    }
    keepNewestAsWorst();
  }

  /** The newest window is known whole, too. */
  private void keepNewestAsWorst() {
    int at = worst == null ? judgedAt() : -1;
    if (at >= 0 && !Float.isNaN(series.number(Number.VALUE, at))) {
      worst = isGreatest(series.number(Number.VALUE, at)) ? newest : null;
    }
  }

  private boolean isGreatest(float value) {
    if (worst != null) {
      return value > worst.drift().value();
    }
    for (int i = 0; i < series.size(); i++) {
      if (series.number(Number.VALUE, i) > value) {
        return false;
      }
    }
    return true;
  }

  /** A judged window stays before one that is not judged yet, which is still open. */
  private static boolean replaces(ProfiledWindow window, ColumnDrift drift, WindowColumn before) {
    if (isOf(before, window)) {
      return true;
    }
    boolean judged = drift != null;
    boolean beforeJudged = before.drift() != null;
    return judged == beforeJudged ? window.end() >= before.window().end() : judged;
  }

  private static boolean isOf(WindowColumn column, ProfiledWindow window) {
    return column.window().start().equals(window.start())
        && column.window().end().equals(window.end());
  }

  /** Drops windows; returns how many. */
  int dropBefore(long start) {
    int dropped = series.dropBefore(start);
    if (worst != null && worst.window().start() < start) {
      worst = null;
    }
    if (newest != null && newest.window().start() < start) {
      newest = null;
    }
    keepNewestAsWorst();
    return dropped;
  }

  /** Returns about how many bytes its distributions take; 0 where they were let go. */
  long shapeBytes() {
    long bytes = newest == null || newest.shape() == Shape.FORGOTTEN ? 0 : newest.shape().bytes();
    boolean other = worst != null && worst != newest && worst.shape() != Shape.FORGOTTEN;
    return other ? bytes + worst.shape().bytes() : bytes;
  }

  /** Lets the distributions go, and nothing else. */
  void dropShapes() {
    boolean same = worst == newest;
    newest = newest == null ? null : newest.withoutShape();
    worst = same ? newest : worst == null ? null : worst.withoutShape();
  }

  /** Returns the place of the window that the column is judged by; -1 where there is none. */
  int judgedAt() {
    if (newest == null) {
      return -1;
    }
    int at = series.find(newest.window().start(), newest.window().end());
    return at < 0 ? -1 : at;
  }

  /** Returns what can be said of it now. */
  Status status() {
    if (segment.isGone(this)) {
      return Status.GONE;
    }
    int at = judgedAt();
    return at < 0 ? Status.NOT_JUDGED : series.status(at);
  }

  /** Returns by how much the distance exceeds the threshold, as their ratio; 0 where unknown. */
  double excess() {
    int at = judgedAt();
    if (at < 0) {
      return 0;
    }
    float value = series.number(Number.VALUE, at);
    float threshold = series.number(Number.THRESHOLD, at);
    return Float.isNaN(value) ? 0 : threshold > 0 ? value / threshold : value;
  }

  /** Returns how many expectations about it the newest window did not meet. */
  int unmet() {
    long unmet =
        newest == null
            ? 0
            : newest.results().stream().filter(r -> Boolean.FALSE.equals(r.met())).count();
    return (int) Math.min(MAX_UNMET, unmet);
  }
}
