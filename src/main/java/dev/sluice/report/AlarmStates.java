package dev.sluice.report;

import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmState;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Which of some alarms are open: raised, and not cleared since. */
final class AlarmStates {
  private final Map<String, Alarm> last = new HashMap<>();

  /**
   * @param alarms in the order in which they came
   */
  AlarmStates(Collection<Alarm> alarms) {
    alarms.forEach(alarm -> last.put(alarm.key(), alarm));
  }

  boolean isOpen(Alarm alarm) {
    return alarm.state() == AlarmState.RAISED && last.get(alarm.key()) == alarm;
  }
}
