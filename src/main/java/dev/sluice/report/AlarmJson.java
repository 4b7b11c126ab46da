package dev.sluice.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmState;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Alarms as parts of the documents: see {@link HistoryJson}. */
final class AlarmJson {
  private final Map<String, Alarm> last = new HashMap<>();

  /**
   * @param alarms all of a model, in the order in which they came
   */
  AlarmJson(List<Alarm> alarms) {
    alarms.forEach(alarm -> last.put(alarm.key(), alarm));
  }

  /** Returns whether an alarm was raised and not cleared since. */
  boolean isActive(Alarm alarm) {
    return alarm.state() == AlarmState.RAISED && last.get(alarm.key()) == alarm;
  }

  void write(JsonGenerator json, Alarm alarm) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", alarm.kind().name());
    json.writeStringField("severity", alarm.severity().name().toLowerCase(Locale.ROOT));
    json.writeStringField("state", alarm.state().name());
    json.writeBooleanField("active", isActive(alarm));
    json.writeStringField("profileKind", Values.kind(alarm.profileKind()));
    json.writeStringField("segment", alarm.window().segment());
    texts(json, "columns", alarm.columns());
    Values.time(json, "start", alarm.window().start());
    Values.time(json, "end", alarm.window().end());
    Values.time(json, "since", alarm.course().since());
    json.writeStringField("message", alarm.message());
    json.writeStringField("expected", alarm.expected());
    json.writeStringField("observed", alarm.observed());
    json.writeStringField("advice", alarm.advice().kind().name());
    texts(json, "reasons", alarm.advice().reasons());
    json.writeEndObject();
  }

  private static void texts(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
