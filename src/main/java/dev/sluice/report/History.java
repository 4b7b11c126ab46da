package dev.sluice.report;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The windows and alarms that were published, as much of them as a budget of memory takes. Records
 * may come in any order and more than once; of a window's revisions the last counts. Per column and
 * window a few numbers are kept in arrays; distributions only of the newest window and of the one
 * that drifted most. Beyond the budget the oldest windows go, and are counted. Where distributions
 * take more than a quarter of it, those of segments go first, then those of the columns that
 * drifted least; what is left of the newest window stays, whatever it takes.
 *
 * <p>Not thread-safe: who reads while another adds guards both by one lock.
 */
public final class History {
  /** What windows may take by default, in bytes. */
  public static final long DEFAULT_BUDGET = 256L << 20;

  /** The most alarms that are kept. */
  public static final int MAX_ALARMS = 10_000;

  /** So that windows do not go one by one, which would move all arrays each time. */
  private static final int DROPPED_PARTS = 16;

  /** What alarms may take besides, in bytes, about. */
  static final long ALARM_BUDGET = 16L << 20;

  private static final long ALARM_BYTES = 500;

  private final long budget;
  private final Map<ModelKey, ModelHistory> models = new LinkedHashMap<>();
  private final Deque<Alarm> alarms = new ArrayDeque<>();
  private long droppedAlarms;
  private long changes;
  private long bytes;
  private long allowed;
  private long alarmBytes;

  /** A column, and the segment that it is of. */
  private record Place(SegmentHistory segment, ColumnHistory column) {}

  /** Keeps what {@link #DEFAULT_BUDGET} takes. */
  public History() {
    this(DEFAULT_BUDGET);
  }

  /**
   * @param budget what windows may take, in bytes, about
   * @throws IllegalArgumentException if it is not positive
   */
  public History(long budget) {
    if (budget < 1) {
      throw new IllegalArgumentException("budget is " + budget + " bytes, expected 1 or more");
    }
    this.budget = budget;
    this.allowed = budget;
  }

  /**
   * Takes a record of a window: one column, several, or none for its summary. A baseline is left
   * out.
   */
  public void add(DataProfile record) {
    if (record.kind() == ProfileKind.BASELINE) {
      return;
    }
    ModelKey key = new ModelKey(record.model().sha256(), record.window().baselineSha256());
    ModelHistory model = model(key, record.model(), record.window());
    SegmentHistory segment = model.segment(record.kind(), record.window().segment());
    long before = segment.bytes();
    if (segment.add(record)) {
      changes++;
    }
    bytes += segment.bytes() - before;
    if (bytes > allowed) {
      fit();
    }
  }

  private ModelHistory model(ModelKey key, ProfiledModel seen, ProfiledWindow window) {
    ModelHistory model = models.computeIfAbsent(key, absent -> new ModelHistory(absent, seen));
    model.named(seen, window);
    return model;
  }

  /** Lets go what goes first. What cannot go is not looked at again until there is more of it. */
  private void fit() {
    long shapes = 0;
    for (SegmentHistory segment : (Iterable<SegmentHistory>) this::segments) {
      shapes += segment.columns().stream().mapToLong(ColumnHistory::shapeBytes).sum();
    }
    if (shapes > budget / 4) {
      dropShapes(shapes - budget / 8);
    }
    while (bytes > budget && dropOldest()) {
      changes++;
    }
    allowed = bytes > budget ? bytes + budget / DROPPED_PARTS : budget;
  }

  private void dropShapes(long much) {
    long left = much;
    List<Place> places = new ArrayList<>(places(ModelHistory::parts));
    places.addAll(places(ModelHistory::wholes));
    for (Place place : places) {
      if (left <= 0) {
        break;
      }
      left -= place.segment().dropShapes(place.column());
    }
    bytes = models.values().stream().mapToLong(ModelHistory::bytes).sum();
    changes++;
  }

  /** Returns columns of some segments, those that drifted least first. */
  private List<Place> places(Function<ModelHistory, Stream<SegmentHistory>> segments) {
    return models.values().stream()
        .flatMap(segments)
        .flatMap(segment -> segment.columns().stream().map(column -> new Place(segment, column)))
        .sorted(Comparator.comparingDouble(place -> place.column().excess()))
        .toList();
  }

  /** Takes an alarm; one that is there already, from before a restart, is taken once. */
  public void add(Alarm alarm) {
    requireNonNull(alarm, "alarm is null");
    if (alarms.stream().anyMatch(known -> isSame(known, alarm))) {
      return;
    }
    model(ModelKey.of(alarm), alarm.model(), alarm.window());
    alarms.addLast(alarm);
    alarmBytes += bytes(alarm);
    while (alarms.size() > MAX_ALARMS || alarmBytes > ALARM_BUDGET) {
      alarmBytes -= bytes(alarms.removeFirst());
      droppedAlarms++;
    }
    changes++;
  }

  private static long bytes(Alarm alarm) {
    long letters = alarm.message().length() + alarm.expected().length();
    letters += alarm.expectation().length();
    letters += alarm.observed() == null ? 0 : alarm.observed().length();
    letters += alarm.columns().stream().mapToInt(String::length).sum();
    return ALARM_BYTES + 2 * letters;
  }

  private static boolean isSame(Alarm one, Alarm other) {
    return one.state() == other.state()
        && Objects.equals(one.window().start(), other.window().start())
        && Objects.equals(one.window().end(), other.window().end())
        && Objects.equals(one.course().since(), other.course().since())
        && one.key().equals(other.key());
  }

  /** Drops a part of the time that windows are known of, if there is more than one window. */
  private boolean dropOldest() {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (SegmentHistory segment : (Iterable<SegmentHistory>) this::segments) {
      if (!segment.windows().isEmpty()) {
        first = Math.min(first, segment.windows().firstKey().start());
        last = Math.max(last, segment.windows().lastKey().start());
      }
    }
    if (first < last) { // the newest window stays, whatever it takes
      long start = Math.min(last, first + Math.max(1, (last - first) / DROPPED_PARTS));
      models.values().forEach(model -> model.dropBefore(start));
      bytes = models.values().stream().mapToLong(ModelHistory::bytes).sum();
    }
    return first < last;
  }

  private java.util.Iterator<SegmentHistory> segments() {
    return models.values().stream().flatMap(ModelHistory::all).iterator();
  }

  /** Returns a number that grows whenever there is something new. */
  public long changes() {
    return changes;
  }

  /** Returns about how many bytes the windows take. */
  public long bytes() {
    return bytes;
  }

  /**
   * Returns the models that windows are about, the one of the newest window first. Where a window
   * is of several, since one took over from another within it, the one whose windows begin last is
   * the newer, else the one that was heard of last.
   */
  public List<SeenModel> models() {
    Comparator<Long> order = Comparator.nullsFirst(Comparator.naturalOrder());
    Comparator<SeenModel> newest =
        Comparator.comparing(SeenModel::last, order).thenComparing(SeenModel::first, order);
    List<ModelHistory> known = new ArrayList<>(models.values());
    Collections.reverse(known);
    return known.stream()
        .filter(ModelHistory::hasWindows)
        .map(ModelHistory::seen)
        .sorted(newest.reversed())
        .toList();
  }

  /**
   * Returns the models that there is something to see of: those that windows are about, as {@link
   * #models} has them, then those that only open alarms are about, the one of the newest first.
   */
  public List<SeenModel> choices() {
    List<Alarm> open = new ArrayList<>(openAlarms());
    Collections.reverse(open);
    Stream<SeenModel> others =
        open.stream()
            .map(ModelKey::of)
            .distinct()
            .map(models::get)
            .filter(model -> !model.hasWindows())
            .map(ModelHistory::seen);
    return Stream.concat(models().stream(), others).toList();
  }

  /** Returns whether windows or alarms are about a model. */
  public boolean knows(ModelKey key) {
    return models.containsKey(key);
  }

  /** Returns what is known of a model; empty where neither windows nor alarms are about it. */
  Optional<ModelHistory> model(ModelKey key) {
    return Optional.ofNullable(models.get(key));
  }

  /**
   * Returns the alarms about a model and, whatever model the job ran with, those about a feed gone
   * silent, which may have no window of that model to be seen beside: in the order in which they
   * came.
   */
  List<Alarm> alarms(ModelKey key) {
    return alarms.stream()
        .filter(alarm -> alarm.kind() == AlarmKind.FEED_SILENT || ModelKey.of(alarm).equals(key))
        .toList();
  }

  /**
   * Returns which of {@link #alarms(ModelKey)} are open where a model is looked at. One about a
   * silent feed that a job with another model found is so until a later sign of any job with a
   * model other than that.
   */
  AlarmStates states(ModelKey key) {
    LastSigns signs = new LastSigns(models.values(), alarms);
    return new AlarmStates(
        alarms(key), alarm -> !ModelKey.of(alarm).equals(key) && signs.isTakenOver(alarm));
  }

  /**
   * Returns the alarms about any model that are raised and not cleared, the newest last; without
   * those about a silent feed that a job with another model has taken over since.
   */
  public List<Alarm> openAlarms() {
    LastSigns signs = new LastSigns(models.values(), alarms);
    AlarmStates states = new AlarmStates(alarms, signs::isTakenOver);
    return alarms.stream().filter(states::isOpen).toList();
  }

  /** Returns how many alarms were too many to be kept. */
  public long droppedAlarms() {
    return droppedAlarms;
  }
}
