package dev.sluice.monitor.alarm;

import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.ProfileKind;
import java.util.List;

/**
 * What can be wrong or right, within a model, a baseline and a segment: {@code
 * kind/profileKind/columns/expectation}.
 */
final class ConditionKey {
  private ConditionKey() {}

  static String of(AlarmKind kind, ProfileKind profile, List<String> columns, String expectation) {
    return String.join("/", kind.name(), profile.name(), String.join(",", columns), expectation);
  }

  /** Returns the kind of a condition. */
  static AlarmKind kind(String condition) {
    return AlarmKind.valueOf(condition.substring(0, condition.indexOf('/')));
  }

  static String of(Alarm alarm) {
    return of(alarm.kind(), alarm.profileKind(), alarm.columns(), alarm.expectation());
  }
}
