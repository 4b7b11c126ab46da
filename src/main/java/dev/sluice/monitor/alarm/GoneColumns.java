package dev.sluice.monitor.alarm;

import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledWindow;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Clears alarms about columns that a window does not have, though it has others: those of an output
 * that the job writes no more, or under another name. No window would judge them again. A window
 * without rows has no columns, and says nothing; an element or a label that no row of a window has
 * is one of an output that is there.
 */
final class GoneColumns {
  private final Map<ProfileKind, Set<String>> fields = new EnumMap<>(ProfileKind.class);
  private final ProfiledWindow window;

  /**
   * @param profiles what the profiles of one window say, at least one
   */
  GoneColumns(List<Judged> profiles) {
    this.window = profiles.get(0).window();
    Set<ProfileKind> unnamed = new HashSet<>();
    for (Judged profile : profiles) {
      if (!profile.column().isEmpty()) {
        fields
            .computeIfAbsent(profile.kind(), kind -> new HashSet<>())
            .add(field(profile.column()));
      } else if (profile.ofColumn()) {
        unnamed.add(profile.kind());
      }
    }
    fields.keySet().removeAll(unnamed);
  }

  /** Returns the feature or output that a column is made of: all of it, an element or a label. */
  private static String field(String column) {
    int end = column.indexOf('[');
    return end < 0 ? column : column.substring(0, end);
  }

  /**
   * Clears the alarms and forgets their histories.
   *
   * @param judged the conditions that the window says something about
   * @param histories by {@link ConditionKey}
   * @param alarms takes the alarms that are cleared, in the order of their conditions
   */
  void clear(Set<String> judged, Map<String, AlarmHistory> histories, List<Alarm> alarms) {
    List<String> gone =
        histories.entrySet().stream()
            .filter(entry -> entry.getValue().raised() != null)
            .filter(entry -> !judged.contains(entry.getKey()))
            .filter(entry -> isGone(entry.getValue().raised()))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    for (String condition : gone) {
      AlarmHistory history = histories.remove(condition);
      alarms.add(
          history
              .raised()
              .cleared(
                  window,
                  history.course(),
                  "the window has no such column any more; was: " + history.raised().message()));
    }
  }

  /** An expectation of inputs may be about a field that is no column, as the event time's. */
  private boolean isGone(Alarm alarm) {
    Set<String> known = fields.get(alarm.profileKind());
    boolean ofColumns =
        alarm.kind() != AlarmKind.EXPECTATION || alarm.profileKind() == ProfileKind.OUTPUT;
    return known != null
        && ofColumns
        && !alarm.columns().isEmpty()
        && alarm.columns().stream().noneMatch(column -> known.contains(field(column)));
  }
}
