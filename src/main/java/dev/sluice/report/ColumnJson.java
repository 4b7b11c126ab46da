package dev.sluice.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.drift.Reference;
import dev.sluice.drift.References;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DriftMetric;
import dev.sluice.profile.DriftSign;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.Quantile;
import dev.sluice.profile.Significance;
import dev.sluice.report.WindowColumn.Statistics;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One column of a segment: see {@link HistoryJson}. */
final class ColumnJson {
  private final JsonGenerator json;
  private final Optional<DataProfile> baseline;
  private final History history;
  private final ModelKey key;
  private final int points;

  ColumnJson(
      JsonGenerator json,
      Optional<DataProfile> baseline,
      History history,
      ModelKey key,
      int points) {
    this.json = json;
    this.baseline = baseline;
    this.history = history;
    this.key = key;
    this.points = points;
  }

  void write(ProfileKind kind, String segment, ColumnHistory column, Optional<ModelCard> card)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", kind.name());
    json.writeStringField("name", column.name());
    json.writeStringField("segment", segment);
    json.writeStringField("type", column.type().name());
    json.writeStringField("unit", OverviewJson.unit(card, column.name()));
    json.writeStringField("note", note(kind, column.name()));
    SeriesJson.write(json, column, points);
    window("newest", kind, column, column.newest());
    window("worst", kind, column, column.worst());
    alarms(kind, segment, column.name());
    json.writeEndObject();
  }

  private String note(ProfileKind kind, String column) {
    return baseline
        .flatMap(known -> kind == ProfileKind.OUTPUT ? known.output(column) : known.column(column))
        .map(ColumnProfile::note)
        .orElse("");
  }

  private void alarms(ProfileKind kind, String segment, String column) throws IOException {
    List<Alarm> all = history.alarms(key);
    AlarmJson writer = new AlarmJson(key, history.states(key));
    json.writeArrayFieldStart("alarms");
    for (Alarm alarm : all) {
      if (alarm.profileKind() == kind
          && alarm.window().segment().equals(segment)
          && alarm.columns().contains(column)) {
        writer.write(json, alarm);
      }
    }
    json.writeEndArray();
  }

  private void window(String name, ProfileKind kind, ColumnHistory column, WindowColumn window)
      throws IOException {
    if (window == null) {
      json.writeNullField(name);
      return;
    }
    Optional<Reference> compared =
        baseline.flatMap(known -> References.of(known, kind, window.window()).of(column.name()));
    Optional<ColumnProfile> reference = compared.map(known -> judgedBy(known, window.drift()));
    json.writeObjectFieldStart(name);
    json.writeNumberField("start", window.window().start());
    json.writeNumberField("end", window.window().end());
    json.writeBooleanField("final", window.window().isFinal());
    json.writeStringField("status", Status.of(window.drift()).name());
    json.writeFieldName("statistics");
    statistics(window.statistics());
    json.writeFieldName("referenceStatistics");
    if (reference.isPresent()) {
      statistics(Statistics.of(reference.get()));
    } else {
      json.writeNull();
    }
    json.writeStringField(
        "reference",
        window.drift() != null
            ? window.drift().reference()
            : compared.map(Reference::name).orElse(null));
    json.writeBooleanField("tooManyTexts", window.hasTooManyTexts());
    drift(window.drift());
    json.writeBooleanField("forgotten", window.shape() == Shape.FORGOTTEN);
    json.writeFieldName("distribution");
    Optional<Shape> shape =
        reference.map(known -> Shape.wholeBeside(window.shape(), known, column.type()));
    Shape shown =
        reference
            .map(known -> Shape.ofWindowBeside(window.shape(), known, column.type()))
            .orElse(window.shape());
    DistributionJson.write(json, shown, shape, column.type());
    json.writeArrayFieldStart("results");
    for (ExpectationResult result : window.results()) {
      Values.result(json, result);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Returns what the drift says it is from: a segment's may be from the whole baseline. */
  private static ColumnProfile judgedBy(Reference known, ColumnDrift drift) {
    boolean whole = drift != null && drift.reference().equals(ColumnDrift.BASELINE);
    return whole ? known.whole() : known.column();
  }

  private void statistics(Statistics statistics) throws IOException {
    json.writeStartObject();
    json.writeNumberField("rows", statistics.rows());
    json.writeNumberField("missing", statistics.missing());
    json.writeNumberField("special", statistics.special());
    Values.number(json, "min", statistics.min());
    Values.number(json, "max", statistics.max());
    Values.number(json, "mean", statistics.mean());
    Values.number(json, "standardDeviation", statistics.standardDeviation());
    Values.number(json, "distinct", statistics.distinct());
    json.writeObjectFieldStart("quantiles");
    for (Map.Entry<String, Quantile> quantile : statistics.quantiles().entrySet()) {
      Values.number(json, quantile.getKey(), quantile.getValue().value());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void drift(ColumnDrift drift) throws IOException {
    if (drift == null) {
      json.writeNullField("metric");
      return;
    }
    json.writeStringField("metric", drift.metric());
    Values.number(json, "value", drift.value());
    Values.number(json, "threshold", drift.threshold());
    Values.number(json, "error", drift.errorBound());
    json.writeNumberField("neededRows", drift.neededRows());
    Significance test = drift.significance();
    if (test == null) {
      json.writeNullField("significance");
    } else {
      json.writeObjectFieldStart("significance");
      json.writeStringField("test", test.test());
      Values.number(json, "pValue", test.pValue());
      json.writeBooleanField("significant", test.significant());
      json.writeEndObject();
    }
    json.writeArrayFieldStart("metrics");
    for (DriftMetric metric : drift.metrics()) {
      json.writeStartObject();
      json.writeStringField("name", metric.name());
      Values.number(json, "value", metric.value());
      Values.number(json, "error", metric.errorBound());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("signs");
    for (DriftSign sign : drift.signs()) {
      json.writeStartObject();
      json.writeStringField("kind", sign.kind().name());
      Values.number(json, "value", sign.value());
      json.writeStringField("message", sign.message());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
