package dev.sluice.monitor;

import static java.util.Objects.requireNonNull;

import dev.sluice.monitor.check.ExpectationCounts;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.RowCounts;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one subtask has seen of one window since it last handed on; also what the merging stage has
 * gathered of it. Mutable: merging adds to it.
 */
public final class WindowPartial {
  private static final Logger LOG = LoggerFactory.getLogger(WindowPartial.class);

  private final ProfileKind kind;
  private final String modelSha256;
  private final String baselineSha256;
  private final String segment;
  private final long windowStart;
  private final long windowEnd;
  private final String window;
  private final String timeZone;
  private final Map<String, PartialColumn> columns = new TreeMap<>();
  private final ExpectationCounts expectations;
  private final RejectionCounts rejections;
  private RowCounts counts = RowCounts.NONE;
  private PartialColumn[][] features = {};

  /**
   * @param segment value of the segment column, empty for all
   * @param windowStart inclusive, milliseconds since the epoch
   * @param windowEnd exclusive, milliseconds since the epoch
   * @param window length of the window in ISO 8601: the job may go on with another one
   * @param timeZone id of the zone whose calendar the window follows
   */
  WindowPartial(
      ProfileKind kind,
      String modelSha256,
      String baselineSha256,
      String segment,
      long windowStart,
      long windowEnd,
      String window,
      String timeZone) {
    this(
        kind,
        modelSha256,
        baselineSha256,
        segment,
        windowStart,
        windowEnd,
        window,
        timeZone,
        new ExpectationCounts(),
        new RejectionCounts());
  }

  /** A partial that has counted already. */
  WindowPartial(
      ProfileKind kind,
      String modelSha256,
      String baselineSha256,
      String segment,
      long windowStart,
      long windowEnd,
      String window,
      String timeZone,
      ExpectationCounts expectations,
      RejectionCounts rejections) {
    this.kind = requireNonNull(kind, "kind is null");
    this.modelSha256 = requireNonNull(modelSha256, "modelSha256 is null");
    this.baselineSha256 = requireNonNull(baselineSha256, "baselineSha256 is null");
    this.segment = requireNonNull(segment, "segment is null");
    this.windowStart = windowStart;
    this.windowEnd = windowEnd;
    this.window = requireNonNull(window, "window is null");
    this.timeZone = requireNonNull(timeZone, "timeZone is null");
    this.expectations = requireNonNull(expectations, "expectations is null");
    this.rejections = requireNonNull(rejections, "rejections is null");
  }

  /** Returns what windows are merged by: all but the window itself. */
  public String key() {
    return kind + "/" + modelSha256 + "/" + baselineSha256 + "/" + segment;
  }

  /** Returns a partial without a window for a key: what late rows are reported with. */
  static WindowPartial fromKey(String key) {
    String[] parts = key.split("/", 4);
    return new WindowPartial(
        ProfileKind.valueOf(parts[0]), parts[1], parts[2], parts[3], 0, 0, "", "");
  }

  ProfileKind kind() {
    return kind;
  }

  String modelSha256() {
    return modelSha256;
  }

  String baselineSha256() {
    return baselineSha256;
  }

  /** Returns the value of the segment column, empty for all. */
  public String segment() {
    return segment;
  }

  long windowStart() {
    return windowStart;
  }

  long windowEnd() {
    return windowEnd;
  }

  /** Returns the length of the window in ISO 8601. */
  String window() {
    return window;
  }

  /** Returns the id of the zone whose calendar the window follows. */
  String timeZone() {
    return timeZone;
  }

  /** Returns the columns by name, in order; a live map. */
  Map<String, PartialColumn> columns() {
    return columns;
  }

  /**
   * Returns the columns of features by index, as they were kept: looking each up by name for every
   * batch is dear. Empty if they never were.
   */
  PartialColumn[][] features() {
    return features;
  }

  /** Keeps the columns of features, which are among all, at hand. */
  void keepFeatures(PartialColumn[][] ofFeatures) {
    features = ofFeatures;
  }

  /** Returns how many records expectations were about, and did not meet them; live counts. */
  ExpectationCounts expectations() {
    return expectations;
  }

  /** Returns how many records were rejected, by producer and reason; live counts. */
  RejectionCounts rejections() {
    return rejections;
  }

  /** Returns how many records that could be decoded came, or of outputs were predicted. */
  public long records() {
    return counts.rows();
  }

  /** Returns how many records it is about. */
  RowCounts counts() {
    return counts;
  }

  void add(RowCounts more) {
    counts = counts.plus(more);
  }

  /**
   * Returns what is left to say after the window has closed: that so many rows were late, and what
   * has no row here, malformed records and, of outputs, all that the books say besides predictions.
   */
  RowCounts tooLate() {
    boolean outputs = kind == ProfileKind.OUTPUT;
    return new RowCounts(
        0,
        outputs ? counts.rejected() : 0,
        counts.rows(),
        outputs ? counts.read() : counts.malformed(),
        counts.malformed(),
        0,
        counts.failed());
  }

  /** Returns a partial of the same window and segment that has counted nothing. */
  WindowPartial emptyLike() {
    return empty(kind, segment);
  }

  /** Returns a partial of the same window, of all segments, that has counted nothing. */
  WindowPartial emptyOfAllSegments() {
    return empty(kind, "");
  }

  /** Returns what a partial of inputs says for the books, as a partial of outputs without any. */
  WindowPartial books() {
    WindowPartial books = empty(ProfileKind.OUTPUT, segment);
    books.add(counts.withoutRows());
    return books;
  }

  private WindowPartial empty(ProfileKind ofKind, String ofSegment) {
    return new WindowPartial(
        ofKind, modelSha256, baselineSha256, ofSegment, windowStart, windowEnd, window, timeZone);
  }

  /**
   * Adds what another partial of the same window has counted. A column whose numbers have become of
   * another type since, as where the job goes on with another schema, has one that holds both. One
   * that has become another kind, as where it goes on with other options, begins anew: its values
   * are not those of before. So does one whose numbers are counted between other edges than before,
   * and {@linkplain PartialColumn#merged cannot be counted again}.
   */
  void merge(WindowPartial other) {
    add(other.counts);
    expectations.merge(other.expectations);
    rejections.merge(other.rejections);
    other.columns.forEach(
        (name, column) -> {
          PartialColumn mine = columns.get(name);
          Optional<PartialColumn> both = mine == null ? Optional.empty() : mine.merged(column);
          if (mine != null && both.isEmpty()) {
            LOG.warn(
                "Column {} of {} is {} now and was {} in this window: it begins anew",
                name,
                kind,
                kindOf(column, mine),
                kindOf(mine, column));
          }
          columns.put(
              name,
              both.orElseGet(() -> new PartialColumn(column.type(), column.statistics().copy())));
        });
  }

  private static String kindOf(PartialColumn column, PartialColumn other) {
    String arrays = column.sizes().summary().arrays() > 0 ? " in arrays" : "";
    return column.type()
        + arrays
        + (column.isOnOtherGrid(other) ? " on a " + column.gridText() : "");
  }
}
