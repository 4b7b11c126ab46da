package dev.sluice.cli.profile;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfilePart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The segments and seasons of a data profile, for a person. */
final class PartText {
  private PartText() {}

  /** Returns a table with a line per part: how large it is, and what sets it apart. */
  static TextTable table(DataProfile profile) {
    TextTable table = new TextTable("part", "value", ">count", ">share %", "farthest from all in");
    for (ProfilePart part : profile.parts()) {
      table.add(
          part.field().isEmpty() ? kind(part) : kind(part) + " of " + part.field(),
          part.value().isEmpty() ? "(none)" : part.value(),
          Shown.count(part.rows()),
          Shown.percent(part.rows(), profile.counts().rows()),
          Distances.farthest(profile.columns(), others(part)));
    }
    return table;
  }

  /** Returns the columns but that of the segment itself, which is far from all by its nature. */
  private static List<ColumnProfile> others(ProfilePart part) {
    return part.columns().stream().filter(column -> !isSegment(column, part)).toList();
  }

  private static boolean isSegment(ColumnProfile column, ProfilePart part) {
    return part.field().isEmpty()
        ? column.mostCommon().keySet().equals(Set.of(part.value()))
        : column.name().equals(part.field());
  }

  /** Returns a line per difference between the parts of two profiles. */
  static List<String> differences(List<ProfilePart> before, List<ProfilePart> after) {
    List<String> lines = new ArrayList<>();
    Map<String, ProfilePart> others = new LinkedHashMap<>();
    after.forEach(part -> others.put(name(part), part));
    for (ProfilePart part : before) {
      ProfilePart other = others.remove(name(part));
      if (other == null) {
        lines.add(name(part) + ": removed");
      } else if (!part.equals(other)) {
        lines.add(name(part) + ": " + difference(part, other));
      }
    }
    others.keySet().forEach(name -> lines.add(name + ": added"));
    return lines;
  }

  private static String difference(ProfilePart before, ProfilePart after) {
    List<String> found = new ArrayList<>();
    if (!before.field().equals(after.field())) {
      found.add("field " + field(before) + " -> " + field(after));
    }
    if (before.rows() != after.rows()) {
      found.add("rows " + Shown.count(before.rows()) + " -> " + Shown.count(after.rows()));
    }
    long differ = differing(before.columns(), after.columns());
    differ += differing(before.outputs(), after.outputs());
    if (differ > 0) {
      String farthest = Distances.farthest(before.columns(), after.columns());
      found.add(
          "%d columns and outputs differ%s"
              .formatted(differ, farthest.equals(Shown.NONE) ? "" : ", most: " + farthest));
    }
    return found.isEmpty() ? "what is not shown here differs" : String.join(", ", found);
  }

  private static long differing(List<ColumnProfile> before, List<ColumnProfile> after) {
    return before.stream().filter(column -> !after.contains(column)).count();
  }

  private static String field(ProfilePart part) {
    return part.field().isEmpty() ? "(unknown)" : part.field();
  }

  private static String name(ProfilePart part) {
    return kind(part) + " " + part.value();
  }

  private static String kind(ProfilePart part) {
    return part.kind().name().toLowerCase(Locale.ROOT);
  }
}
