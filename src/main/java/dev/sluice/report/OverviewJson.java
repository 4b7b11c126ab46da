package dev.sluice.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DataSet;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.RejectionCount;
import dev.sluice.record.Reason;
import dev.sluice.report.SegmentHistory.Span;
import dev.sluice.report.Series.Number;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The overview of a model's segment: see {@link HistoryJson}. */
final class OverviewJson {
  /** Drifted columns first, then by how far the threshold is exceeded. */
  static final Comparator<ColumnHistory> WORST_FIRST =
      Comparator.comparing(ColumnHistory::status)
          .thenComparing(Comparator.comparingDouble(ColumnHistory::excess).reversed())
          .thenComparing(ColumnHistory::name);

  private static final List<ProfileKind> KINDS = List.of(ProfileKind.INPUT, ProfileKind.OUTPUT);
  private static final int MAX_ALARMS = 500;
  private static final int MAX_REJECTIONS = 100;
  private static final int RECENT = 24;

  private record Column(ProfileKind kind, ColumnHistory history) {}

  private final JsonGenerator json;
  private final History history;

  OverviewJson(JsonGenerator json, History history) {
    this.json = json;
    this.history = history;
  }

  void empty(KnownModel known) throws IOException {
    ModelKey none = new ModelKey("", "");
    write(new ModelHistory(none, dev.sluice.profile.ProfiledModel.NONE), "", known);
  }

  void write(ModelHistory model, String segment, KnownModel known) throws IOException {
    List<Alarm> alarms = history.alarms(model.key());
    AlarmStates states = history.states(model.key());
    json.writeStartObject();
    models(model);
    segments(model, segment);
    verdict(Verdict.of(model, segment));
    columns(model, segment, known.card(), active(alarms, states, segment));
    new WindowsJson(json, model, segment).write();
    rejections(model, segment);
    alarms(alarms, new AlarmJson(model.key(), states), segment);
    card(known);
    json.writeEndObject();
  }

  private void models(ModelHistory model) throws IOException {
    json.writeObjectFieldStart("model");
    json.writeStringField("name", model.model().name());
    json.writeStringField("version", model.model().version());
    json.writeStringField("sha256", model.key().modelSha256());
    json.writeStringField("baselineSha256", model.key().baselineSha256());
    json.writeEndObject();
    json.writeArrayFieldStart("models");
    for (SeenModel seen : history.choices()) {
      json.writeStartObject();
      json.writeStringField("name", seen.model().name());
      json.writeStringField("version", seen.model().version());
      json.writeStringField("sha256", seen.model().sha256());
      json.writeStringField("baselineSha256", seen.baselineSha256());
      json.writeNumberField("windows", seen.windows());
      Values.time(json, "first", seen.first());
      Values.time(json, "last", seen.last());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void segments(ModelHistory model, String segment) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    KINDS.forEach(kind -> names.addAll(model.segments(kind).keySet()));
    names.add("");
    names.add(segment); // so that one can be left that the model does not have
    json.writeStringField("segment", segment);
    json.writeArrayFieldStart("segments");
    for (String name : names) {
      json.writeString(name);
    }
    json.writeEndArray();
  }

  private void verdict(Verdict verdict) throws IOException {
    json.writeObjectFieldStart("verdict");
    json.writeStringField("level", verdict.level().name());
    json.writeStringField("sentence", verdict.sentence());
    json.writeArrayFieldStart("details");
    for (String detail : verdict.details()) {
      json.writeString(detail);
    }
    json.writeEndArray();
    Values.time(json, "start", verdict.start());
    Values.time(json, "end", verdict.end());
    json.writeEndObject();
  }

  /** Returns how many alarms about a column are open, by kind and name. */
  private static Map<String, Integer> active(
      List<Alarm> alarms, AlarmStates states, String segment) {
    Map<String, Integer> active = new TreeMap<>();
    for (Alarm alarm : alarms) {
      if (states.isOpen(alarm) && alarm.window().segment().equals(segment)) {
        for (String column : alarm.columns()) {
          active.merge(alarm.profileKind() + "/" + column, 1, Integer::sum);
        }
      }
    }
    return active;
  }

  private void columns(
      ModelHistory model, String segment, Optional<ModelCard> card, Map<String, Integer> active)
      throws IOException {
    List<Column> columns = new ArrayList<>();
    for (ProfileKind kind : KINDS) {
      model
          .find(kind, segment)
          .ifPresent(s -> s.columns().forEach(each -> columns.add(new Column(kind, each))));
    }
    columns.sort(Comparator.comparing(Column::history, WORST_FIRST));
    json.writeArrayFieldStart("columns");
    for (Column column : columns) {
      column(column, card, active.getOrDefault(column.kind() + "/" + column.history().name(), 0));
    }
    json.writeEndArray();
  }

  private void column(Column column, Optional<ModelCard> card, int active) throws IOException {
    ColumnHistory known = column.history();
    Series series = known.series();
    WindowColumn newest = known.newest();
    int at = known.judgedAt();
    json.writeStartObject();
    json.writeStringField("kind", column.kind().name());
    json.writeStringField("name", known.name());
    json.writeStringField("type", known.type().name());
    json.writeStringField("unit", unit(card, known.name()));
    json.writeStringField("status", known.status().name());
    number("value", series, Number.VALUE, at);
    number("threshold", series, Number.THRESHOLD, at);
    number("error", series, Number.ERROR, at);
    boolean compared = newest != null && newest.drift() != null;
    json.writeBooleanField(
        "judged",
        compared
            && newest.drift().verdict() != DriftVerdict.INSUFFICIENT_DATA
            && known.status() != Status.GONE);
    json.writeStringField("metric", compared ? newest.drift().metric() : null);
    json.writeStringField("reference", compared ? newest.drift().reference() : null);
    number("missing", series, Number.MISSING, at);
    json.writeNumberField("rows", at < 0 ? 0 : series.rows(at));
    json.writeFieldName("signs");
    Values.signs(json, at < 0 ? 0 : series.signs(at));
    json.writeNumberField("unmet", known.unmet());
    json.writeNumberField("alarms", active);
    json.writeArrayFieldStart("recent");
    for (int i = Math.max(0, series.size() - RECENT); i < series.size(); i++) {
      Values.single(json, series.number(Number.VALUE, i));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static String unit(Optional<ModelCard> card, String column) {
    return card.map(known -> known.units().get(column)).orElse("");
  }

  private void number(String name, Series series, Number which, int at) throws IOException {
    json.writeFieldName(name);
    Values.single(json, at < 0 ? Double.NaN : series.number(which, at));
  }

  private void rejections(ModelHistory model, String segment) throws IOException {
    Optional<SegmentHistory> inputs = model.find(ProfileKind.INPUT, segment);
    Map<Reason, Map<String, Long>> counts = new EnumMap<>(Reason.class);
    for (SegmentHistory known : inputs.stream().toList()) {
      for (WindowRow row : known.windows().values()) {
        for (RejectionCount count : row.rejections()) {
          counts
              .computeIfAbsent(count.reason(), reason -> new HashMap<>())
              .merge(count.producer(), count.count(), Long::sum);
        }
      }
    }
    List<RejectionCount> all = new ArrayList<>();
    counts.forEach(
        (reason, producers) ->
            producers.forEach(
                (producer, count) -> all.add(new RejectionCount(reason, producer, count))));
    json.writeArrayFieldStart("rejections");
    for (RejectionCount count : Rejections.largest(all, MAX_REJECTIONS)) {
      json.writeStartObject();
      json.writeStringField("reason", count.reason().name());
      json.writeStringField("producer", count.producer());
      json.writeNumberField("count", count.count());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("unmet");
    if (inputs.isPresent()) {
      List<Span> spans = new ArrayList<>(inputs.get().windows().keySet());
      Collections.reverse(spans);
      Optional<WindowRow> last =
          spans.stream()
              .map(span -> inputs.get().windows().get(span))
              .filter(row -> row.counts().rows() > 0 && row.window().isFinal())
              .findFirst();
      for (var result : last.map(WindowRow::unmet).orElse(List.of())) {
        Values.result(json, result);
      }
    }
    json.writeEndArray();
  }

  /** Active ones have room before others. */
  private void alarms(List<Alarm> alarms, AlarmJson writer, String segment) throws IOException {
    List<Alarm> own =
        new ArrayList<>(
            alarms.stream()
                .filter(a -> segment.isEmpty() || a.window().segment().equals(segment))
                .toList());
    Collections.reverse(own);
    List<Alarm> active = own.stream().filter(writer::isActive).toList();
    Set<Alarm> shown = Collections.newSetFromMap(new IdentityHashMap<>());
    Stream.concat(active.stream(), own.stream().filter(alarm -> !writer.isActive(alarm)))
        .limit(MAX_ALARMS)
        .forEach(shown::add);
    json.writeArrayFieldStart("alarms");
    for (Alarm alarm : own) {
      if (shown.contains(alarm)) {
        writer.write(json, alarm);
      }
    }
    json.writeEndArray();
    json.writeNumberField("activeAlarms", active.size());
    json.writeNumberField("alarmsLeftOut", own.size() - shown.size());
    json.writeNumberField("droppedAlarms", history.droppedAlarms());
  }

  private void card(KnownModel known) throws IOException {
    json.writeBooleanField("hasBaseline", known.baseline().isPresent());
    json.writeStringField("otherCard", known.otherCard().orElse(null));
    if (known.card().isEmpty() && known.baseline().isEmpty()) {
      json.writeNullField("card");
      return;
    }
    json.writeObjectFieldStart("card");
    json.writeArrayFieldStart("facts");
    for (ModelCard.Fact fact : known.card().map(ModelCard::facts).orElse(List.of())) {
      json.writeStartObject();
      json.writeNumberField("depth", fact.depth());
      json.writeStringField("name", fact.name());
      json.writeStringField("value", fact.value());
      json.writeEndObject();
    }
    json.writeEndArray();
    Optional<DataSet> dataSet = known.baseline().map(DataProfile::dataSet);
    if (dataSet.isPresent()) {
      json.writeObjectFieldStart("dataSet");
      json.writeStringField("name", dataSet.get().name());
      json.writeStringField("sha256", dataSet.get().sha256());
      json.writeNumberField("rows", dataSet.get().rows());
      Values.time(json, "firstEventTime", dataSet.get().firstEventTime());
      Values.time(json, "lastEventTime", dataSet.get().lastEventTime());
      json.writeStringField("codePointer", dataSet.get().codePointer());
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
