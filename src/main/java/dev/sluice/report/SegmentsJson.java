package dev.sluice.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.profile.ProfileKind;
import dev.sluice.report.Series.Number;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BinaryOperator;

/** How the worst columns of every segment stand: see {@link HistoryJson}. */
final class SegmentsJson {
  private static final List<ProfileKind> KINDS = List.of(ProfileKind.INPUT, ProfileKind.OUTPUT);

  private static final int MAX_COLUMNS = 40;

  /** A column, as it stands in the segment where it stands worst. */
  private record Column(ProfileKind kind, ColumnHistory worst) {
    String name() {
      return worst.name();
    }
  }

  private SegmentsJson() {}

  static void write(JsonGenerator json, Optional<ModelHistory> model) throws IOException {
    SortedSet<String> segments = new TreeSet<>();
    List<Column> all = new ArrayList<>();
    for (ProfileKind kind : KINDS) {
      Map<String, SegmentHistory> own = model.map(m -> m.segments(kind)).orElse(Map.of());
      segments.addAll(own.keySet());
      Map<String, ColumnHistory> worst = new LinkedHashMap<>();
      for (SegmentHistory segment : own.values()) {
        for (ColumnHistory column : segment.columns()) {
          worst.merge(column.name(), column, BinaryOperator.minBy(OverviewJson.WORST_FIRST));
        }
      }
      worst.values().forEach(column -> all.add(new Column(kind, column)));
    }
    all.sort(Comparator.comparing(Column::worst, OverviewJson.WORST_FIRST));
    List<Column> columns = all.subList(0, Math.min(MAX_COLUMNS, all.size()));
    json.writeStartObject();
    json.writeNumberField("allColumns", all.size());
    json.writeArrayFieldStart("columns");
    for (Column column : columns) {
      json.writeStartObject();
      json.writeStringField("kind", column.kind().name());
      json.writeStringField("name", column.name());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("segments");
    for (String segment : segments) {
      segment(json, model.orElseThrow(), segment, columns);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void segment(
      JsonGenerator json, ModelHistory model, String segment, List<Column> columns)
      throws IOException {
    List<ColumnHistory> known = new ArrayList<>();
    for (Column column : columns) {
      known.add(model.find(column.kind(), segment).map(s -> s.column(column.name())).orElse(null));
    }
    json.writeStartObject();
    json.writeStringField("name", segment);
    json.writeNumberField(
        "rows",
        model
            .find(ProfileKind.INPUT, segment)
            .map(s -> s.windows().values().stream().mapToLong(row -> row.counts().rows()).sum())
            .orElse(0L));
    json.writeArrayFieldStart("status");
    for (ColumnHistory column : known) {
      json.writeString(column == null ? null : column.status().name());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("value");
    for (ColumnHistory column : known) {
      int at = column == null ? -1 : column.judgedAt();
      Values.single(json, at < 0 ? Double.NaN : column.series().number(Number.VALUE, at));
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
