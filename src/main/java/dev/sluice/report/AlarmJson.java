package dev.sluice.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.ProfiledModel;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Alarms as parts of the documents: see {@link HistoryJson}. */
final class AlarmJson {
  private static final int SHOWN_SHA256 = 8;

  private final ModelKey model;
  private final AlarmStates states;

  /**
   * @param model whose document it is: an alarm of another says so
   * @param states which alarms are open there
   */
  AlarmJson(ModelKey model, AlarmStates states) {
    this.model = model;
    this.states = states;
  }

  /** Returns whether an alarm is open. */
  boolean isActive(Alarm alarm) {
    return states.isOpen(alarm);
  }

  void write(JsonGenerator json, Alarm alarm) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", alarm.kind().name());
    json.writeStringField("severity", alarm.severity().name().toLowerCase(Locale.ROOT));
    json.writeStringField("state", alarm.state().name());
    json.writeBooleanField("active", isActive(alarm));
    json.writeStringField("profileKind", Values.kind(alarm.profileKind()));
    json.writeStringField("segment", alarm.window().segment());
    json.writeStringField("otherModel", otherModel(alarm.model()));
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

  private String otherModel(ProfiledModel of) {
    if (of.sha256().equals(model.modelSha256())) {
      return null;
    }
    String name = (of.name() + " " + of.version()).strip();
    String sha256 = of.sha256().substring(0, Math.min(SHOWN_SHA256, of.sha256().length()));
    return (name.isEmpty() ? "unknown" : name) + (sha256.isEmpty() ? "" : ", " + sha256);
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
