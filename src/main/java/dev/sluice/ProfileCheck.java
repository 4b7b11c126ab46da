package dev.sluice;

import dev.sluice.config.AlarmOptions;
import dev.sluice.config.OutputOptions;
import dev.sluice.config.WindowSize;
import dev.sluice.drift.Reach;
import dev.sluice.infer.output.OutputProcessor;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.ModelSignature;
import dev.sluice.model.TensorInfo;
import dev.sluice.model.verify.Findings;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ElementColumns;
import dev.sluice.profile.PartKind;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.Season;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.util.TimeUtils;

/** Holds a data profile against the model that it is for, and against the records. */
public final class ProfileCheck {
  private static final int SHOWN_COLUMNS = 5;

  /** What a column of an open window takes, roughly. */
  private static final long COLUMN_BYTES = 20_000;

  /** So much for open windows is more than a subtask is likely to have. */
  private static final long LARGE_BYTES = 4_000_000_000L;

  private static final long HOUR = 60;
  private static final long DAY = 24 * HOUR;

  private ProfileCheck() {}

  /**
   * Checks that the profile was made with this model: its outputs are a baseline of what the model
   * answered to the training data.
   *
   * @return warnings and notes; no problems
   */
  public static Findings model(ModelPackage model, DataProfile profile) {
    Findings findings = new Findings();
    if (profile.model().sha256().isEmpty()) {
      findings.note("data profile: it does not say which model it was made with");
    } else if (!profile.model().sha256().equals(model.sha256())) {
      findings.warning(
          "data profile: it was made with a model of SHA-256 %s, but this one has %s"
              .formatted(profile.model().sha256(), model.sha256()));
    }
    return findings;
  }

  /**
   * Checks that the profile knows how much it varies with time: else drift is told by the least
   * effect alone, and a window may be called drifted that is as unlike as the training data is to
   * itself.
   *
   * @return a warning; no problems
   */
  public static Findings variation(DataProfile profile) {
    Findings findings = new Findings();
    boolean unknown = profile.columns().stream().allMatch(c -> c.variation().isEmpty());
    if (unknown && !profile.columns().isEmpty()) {
      findings.warning(
          "data profile: it does not say how much its columns vary with time, so that a window has"
              + " drifted beyond drift.min-effect alone; a profile of %s or more of data that was"
                  .formatted(isByHour(profile) ? "five weeks" : "a week")
              + " made with --event-time-field says it");
    }
    return findings;
  }

  /** Returns whether blocks are compared with the same hours of other weeks: that takes several. */
  private static boolean isByHour(DataProfile profile) {
    return profile.parts().stream()
        .filter(part -> part.kind() == PartKind.SEASON)
        .anyMatch(part -> Season.withPart(part.value()) == Season.HOUR_OF_WEEK);
  }

  /**
   * Checks that drift can be told: where the threshold is beyond what the index of a column can be,
   * since that is asked for, or since the baseline differs from itself by more in windows as short
   * as these, or where it was measured in longer blocks alone, each window of that column is
   * without a verdict.
   *
   * @param window how long windows are
   * @param minEffect what the index has to exceed at least
   * @return warnings; no problems
   */
  public static Findings reach(DataProfile profile, WindowSize window, double minEffect) {
    Set<String> beyond = new LinkedHashSet<>();
    Map<String, Duration> tooShort = new LinkedHashMap<>();
    reach(
        profile.columns(),
        partsOf(profile, ProfilePart::columns),
        window,
        minEffect,
        beyond,
        tooShort);
    reach(
        profile.outputs(),
        partsOf(profile, ProfilePart::outputs),
        window,
        minEffect,
        beyond,
        tooShort);
    Findings findings = new Findings();
    if (!beyond.isEmpty()) {
      findings.warning(
          "drift.min-effect is %s, more than the index of %s can be, so that they have no verdict; expected about 0.1 to 1"
              .formatted(minEffect, some(beyond)));
    }
    if (!tooShort.isEmpty()) {
      findings.warning(
          ("data profile: windows of %s are too short to tell drift of %s, whose values differ from"
                  + " one part of the baseline to another by more than the index can show, or may"
                  + " differ within the blocks that were measured; expected"
                  + " profile.window of %s or more for all of them")
              .formatted(
                  window, some(tooShort.keySet()), roundedUp(Collections.max(tooShort.values()))));
    }
    return findings;
  }

  private static void reach(
      List<ColumnProfile> columns,
      List<ColumnProfile> parts,
      WindowSize window,
      double minEffect,
      Set<String> beyond,
      Map<String, Duration> tooShort) {
    for (ColumnProfile column : columns) {
      List<ColumnProfile> same =
          parts.stream().filter(part -> part.name().equals(column.name())).toList();
      if (Reach.least(column, same).orElse(Double.MAX_VALUE) <= minEffect) {
        beyond.add(column.name());
      }
      Reach.shortestWindow(column, same)
          .filter(shortest -> shortest.compareTo(window.estimate()) > 0)
          .ifPresent(
              shortest ->
                  tooShort.merge(
                      column.name(),
                      shortest,
                      (one, other) -> one.compareTo(other) > 0 ? one : other));
    }
  }

  private static List<ColumnProfile> partsOf(
      DataProfile profile, Function<ProfilePart, List<ColumnProfile>> columns) {
    return profile.parts().stream().flatMap(part -> columns.apply(part).stream()).toList();
  }

  private static String some(Set<String> names) {
    List<String> all = List.copyOf(names);
    int shown = Math.min(all.size(), SHOWN_COLUMNS);
    return String.join(", ", all.subList(0, shown))
        + (all.size() > shown ? " and %d more".formatted(all.size() - shown) : "");
  }

  private static String roundedUp(Duration length) {
    long minutes = length.plusMinutes(1).minusMillis(1).toMinutes();
    if (minutes < HOUR) {
      return "PT%dM".formatted(minutes);
    }
    return minutes <= DAY
        ? "PT%dH".formatted((minutes + HOUR - 1) / HOUR)
        : "P%dD".formatted((minutes + DAY - 1) / DAY);
  }

  /**
   * Checks that a window of each segment can be open at once.
   *
   * @param segments how many there are
   * @param maxOpen how many windows may be open, times their segments
   * @return a warning; no problems
   */
  public static Findings segments(int segments, int maxOpen) {
    Findings findings = new Findings();
    if (segments > maxOpen) {
      findings.warning(
          ("profile.open-windows.max is %d, but there are %d segments, so that what has been counted"
                  + " is handed on again and again, which takes long; expected %d or more, and tens"
                  + " of KB of memory for each column of each")
              .formatted(maxOpen, segments, segments));
    }
    return findings;
  }

  /**
   * Checks that the windows that a subtask may count at once leave room for the rest of the job.
   *
   * @param layout the features, each of which has a column in a window, or one per element
   * @param segments how many there are
   * @param maxOpen how many windows may be open, times their segments
   * @return a warning; no problems
   */
  public static Findings openWindows(
      FeatureLayout layout, DataProfile profile, int segments, int maxOpen) {
    int inputs =
        layout.columns().stream().mapToInt(c -> ElementColumns.names(c, profile).size()).sum();
    int columns = Math.max(1, Math.max(inputs, profile.outputs().size()));
    Findings findings = new Findings();
    long mostBytes = maxOpen * (long) columns * COLUMN_BYTES;
    if (mostBytes > LARGE_BYTES) {
      long few = Math.max(1, LARGE_BYTES / COLUMN_BYTES / columns);
      findings.warning(
          ("profile.open-windows.max is %d: where so many windows are open at once, as in a backfill"
                  + " or with partitions that are far apart in event time, those of %d columns take"
                  + " about %d GB of memory in each subtask; expected %s, or as much memory")
              .formatted(
                  maxOpen,
                  columns,
                  mostBytes / 1_000_000_000,
                  segments <= few ? few + " or less" : "fewer than " + segments + " segments"));
    }
    return findings;
  }

  /**
   * Checks that no segment is called silent while its partitions wait for others.
   *
   * @param maxDrift how far a partition may be ahead before it waits, zero for any
   * @param alarms after how long a segment is called silent
   * @return a warning; no problems
   */
  public static Findings silence(Duration maxDrift, AlarmOptions alarms) {
    Findings findings = new Findings();
    if (!maxDrift.isZero() && alarms.enabled() && !alarms.silence().isZero()) {
      findings.warning(
          ("event-time.max-drift is %s: a segment whose partitions wait for longer than"
                  + " alarms.silence, which is %s, is called silent, though it is the job that does"
                  + " not read it; expected alarms.silence of more than they wait, or 0")
              .formatted(
                  TimeUtils.formatWithHighestUnit(maxDrift),
                  TimeUtils.formatWithHighestUnit(alarms.silence())));
    }
    return findings;
  }

  /**
   * Checks that the profile has the outputs that are written.
   *
   * @return warnings; no problems
   */
  public static Findings outputs(
      OutputOptions options, ModelSignature signature, DataProfile profile) {
    Findings findings = new Findings();
    List<String> written =
        OutputProcessor.writtenNames(
            options, signature.outputs().stream().map(TensorInfo::name).toList());
    List<String> known = profile.outputs().stream().map(ColumnProfile::name).toList();
    if (known.isEmpty()) {
      boolean hasData = profile.columns().stream().anyMatch(column -> column.present() > 0);
      if (hasData && !written.isEmpty()) {
        findings.warning(
            "data profile: it has no outputs, so that no drift is told of %s; expected one made with"
                    .formatted(written)
                + " --model");
      }
      return findings;
    }
    for (String output : written) {
      if (known.stream().noneMatch(column -> isOf(column, output))) {
        findings.warning(
            "data profile: it has no output %s, for which no drift is told; it was made with %s"
                .formatted(output, known));
      }
    }
    return findings;
  }

  /** Returns whether a column is made of an output: all of it, an element or a label's score. */
  private static boolean isOf(String column, String output) {
    return column.equals(output) || column.startsWith(output + "[");
  }

  /**
   * Checks that what the profile has as text is text in the feature records.
   *
   * @return one line per column that is not
   */
  public static List<String> types(List<FeatureColumn> columns, DataProfile profile) {
    List<String> problems = new ArrayList<>();
    for (FeatureColumn column : columns) {
      for (String name : ElementColumns.names(column, profile)) {
        ColumnProfile known = profile.column(name).orElse(null);
        if (known != null && known.isText() != (column.type() == ElementType.STRING)) {
          problems.add(
              "data profile: column %s is %s, but the feature record has %s"
                  .formatted(name, known.valueType(), column.type()));
        }
      }
    }
    return problems;
  }
}
