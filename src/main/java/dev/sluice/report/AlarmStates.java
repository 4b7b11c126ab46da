package dev.sluice.report;

import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmState;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Which of some alarms are open: raised, not cleared since, and still somebody's to clear. */
final class AlarmStates {
  private final Map<String, Alarm> last = new HashMap<>();
  private final Predicate<Alarm> isForsaken;

  /**
   * @param alarms in the order in which they came
   * @param isForsaken whether nobody will clear an alarm any more
   */
  AlarmStates(Collection<Alarm> alarms, Predicate<Alarm> isForsaken) {
    alarms.forEach(alarm -> last.put(alarm.key(), alarm));
    this.isForsaken = isForsaken;
  }

  boolean isOpen(Alarm alarm) {
    return alarm.state() == AlarmState.RAISED
        && last.get(alarm.key()) == alarm
        && !isForsaken.test(alarm);
  }
}
