package dev.sluice.cli.profile;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DataSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What differs between two data profiles, for a person. */
public final class ProfileDiff {
  private final List<String> lines = new ArrayList<>();

  private ProfileDiff() {}

  /** Returns a line per difference, none where the profiles are equal. */
  public static List<String> of(DataProfile before, DataProfile after) {
    ProfileDiff diff = new ProfileDiff();
    diff.heading(before, after);
    diff.columns("column", before.columns(), after.columns());
    diff.columns("output", before.outputs(), after.outputs());
    ExpectationDiff.of(before.expectations(), after.expectations())
        .forEach(line -> diff.lines.add("profile: " + line));
    diff.lines.addAll(PartText.differences(before.parts(), after.parts()));
    if (diff.lines.isEmpty() && !before.equals(after)) {
      diff.lines.add("profile: what is not shown here differs");
    }
    return diff.lines;
  }

  private void heading(DataProfile before, DataProfile after) {
    changed("format", before.formatVersion(), after.formatVersion());
    changed("kind", before.kind(), after.kind());
    changed("model", before.model().name(), after.model().name());
    changed("model version", before.model().version(), after.model().version());
    changed("model SHA-256", before.model().sha256(), after.model().sha256());
    dataSet(before.dataSet(), after.dataSet());
    changed("rows", Shown.count(before.counts().rows()), Shown.count(after.counts().rows()));
    changed("time zone", before.window().timeZone(), after.window().timeZone());
    changed("made by", before.creator(), after.creator());
  }

  private void dataSet(DataSet before, DataSet after) {
    if (before == null || after == null) {
      changed("data set", before, after);
      return;
    }
    changed("data set", before.name(), after.name());
    changed("data set SHA-256", before.sha256(), after.sha256());
    changed("first event time", time(before.firstEventTime()), time(after.firstEventTime()));
    changed("last event time", time(before.lastEventTime()), time(after.lastEventTime()));
    changed("code", before.codePointer(), after.codePointer());
  }

  private static String time(Long millis) {
    return millis == null ? Shown.NONE : Instant.ofEpochMilli(millis).toString();
  }

  private void columns(String what, List<ColumnProfile> before, List<ColumnProfile> after) {
    Map<String, ColumnProfile> others = new LinkedHashMap<>();
    after.forEach(column -> others.put(column.name(), column));
    for (ColumnProfile column : before) {
      ColumnProfile other = others.remove(column.name());
      if (other == null) {
        lines.add(what + " " + column.name() + ": removed");
      } else if (!column.equals(other)) {
        List<String> found = ColumnDiff.of(column, other);
        (found.isEmpty() ? List.of("what is not shown here differs") : found)
            .forEach(line -> lines.add(what + " " + column.name() + ": " + line));
      }
    }
    others.values().forEach(c -> lines.add("%s %s: added".formatted(what, c.name())));
  }

  private void changed(String what, Object before, Object after) {
    if (!Objects.equals(before, after)) {
      lines.add("%s: %s -> %s".formatted(what, before, after));
    }
  }
}
