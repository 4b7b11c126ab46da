package dev.sluice.report;

import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When jobs with each model and baseline last gave a sign: the start of a window, or since when
 * they awaited a record when they called a feed silent. A silent feed is cleared by the job that
 * found it, so that of a job that another one has replaced never is.
 *
 * <p>Of a window its start counts, not its end: a job that is drained closes the windows that are
 * open, whose ends are yet to come.
 */
final class LastSigns {
  private final List<Map.Entry<ModelKey, Long>> newestFirst;

  LastSigns(Collection<ModelHistory> models, Collection<Alarm> alarms) {
    Map<ModelKey, Long> last = new HashMap<>();
    for (ModelHistory model : models) {
      model.newestStart().ifPresent(start -> last.put(model.key(), start));
    }
    for (Alarm alarm : alarms) {
      if (isOfSilence(alarm)) {
        last.merge(ModelKey.of(alarm), alarm.course().since(), Math::max);
      }
    }
    this.newestFirst =
        last.entrySet().stream()
            .sorted(Map.Entry.<ModelKey, Long>comparingByValue().reversed())
            .toList();
  }

  private static boolean isOfSilence(Alarm alarm) {
    return alarm.kind() == AlarmKind.FEED_SILENT && alarm.course().since() != null;
  }

  /**
   * Returns whether an alarm is about a feed gone silent, and a job with another model or baseline
   * gave a sign after the last record that had come.
   */
  boolean isTakenOver(Alarm alarm) {
    return isOfSilence(alarm)
        && newestFirst.stream()
            .filter(sign -> !sign.getKey().equals(ModelKey.of(alarm)))
            .findFirst()
            .filter(sign -> sign.getValue() > alarm.course().since())
            .isPresent();
  }
}
