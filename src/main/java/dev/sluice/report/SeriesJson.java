package dev.sluice.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.report.Series.Number;
import java.io.IOException;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/** A column's windows as parallel arrays: see {@link HistoryJson}. */
final class SeriesJson {
  private interface Item {
    void write(int at) throws IOException;
  }

  /** The neighbouring windows that one point stands for: from a place until before another. */
  private record Group(int from, int to, int worst) {}

  private SeriesJson() {}

  /**
   * Writes the fields {@code series} and {@code labels}.
   *
   * @param points how many windows there are at most
   */
  static void write(JsonGenerator json, ColumnHistory column, int points) throws IOException {
    Series series = column.series();
    int every = Math.max(1, (series.size() + points - 1) / points);
    Group[] groups = new Group[(series.size() + every - 1) / every];
    int[] places = new int[groups.length];
    for (int i = 0; i < groups.length; i++) {
      int from = i * every;
      int to = Math.min(series.size(), from + every);
      groups[i] = new Group(from, to, worst(series, from, to));
      places[i] = groups[i].worst();
    }
    json.writeObjectFieldStart("series");
    json.writeNumberField("every", every);
    json.writeNumberField("windows", series.size());
    json.writeNumberField("drifted", drifted(series));
    Values.time(json, "first", series.size() == 0 ? null : series.start(0));
    Values.time(json, "last", series.size() == 0 ? null : series.end(series.size() - 1));
    array(json, "start", places, at -> json.writeNumber(series.start(at)));
    array(json, "end", places, at -> json.writeNumber(series.end(at)));
    array(json, "rows", places, at -> json.writeNumber(series.rows(at)));
    array(json, "status", places, at -> json.writeString(series.status(at).name()));
    array(json, "signs", places, at -> Values.signs(json, series.signs(at)));
    for (Number number : Number.values()) {
      json.writeArrayFieldStart(number.name().toLowerCase(Locale.ROOT));
      for (Group group : groups) {
        Values.single(json, of(series, number, group));
      }
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeArrayFieldStart("labels");
    for (int i = 0; i < column.labels().size(); i++) {
      int label = i;
      json.writeStartObject();
      json.writeStringField("value", column.labels().get(label));
      array(json, "shares", places, at -> Values.single(json, series.share(label, at)));
      json.writeEndObject();
    }
    json.writeEndArray();
    if (column.hasOtherLabels()) {
      array(json, "otherLabels", places, at -> Values.single(json, others(column, at)));
    } else {
      json.writeNullField("otherLabels");
    }
  }

  private static void array(JsonGenerator json, String name, int[] places, Item item)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (int place : places) {
      item.write(place);
    }
    json.writeEndArray();
  }

  private static int drifted(Series series) {
    int drifted = 0;
    for (int i = 0; i < series.size(); i++) {
      drifted += series.status(i) == Status.DRIFT ? 1 : 0;
    }
    return drifted;
  }

  private static double others(ColumnHistory column, int at) {
    double known = 0;
    for (int label = 0; label < column.labels().size(); label++) {
      known += column.series().share(label, at);
    }
    return known > 1 - 1e-6 ? 0 : 1 - known;
  }

  /** No peak is lost: shares are the greatest of the group, and the band holds that of each. */
  private static double of(Series series, Number number, Group group) {
    return switch (number) {
      case MISSING, SPECIAL, VIOLATING, HIGH -> greatest(group, i -> series.number(number, i));
      case LOW -> -greatest(group, i -> -series.number(number, i));
      case VALUE, THRESHOLD, ERROR, MEAN -> series.number(number, group.worst());
    };
  }

  /** Returns the greatest number of a group; NaN where none is known. */
  private static double greatest(Group group, IntToDoubleFunction of) {
    double greatest = Double.NaN;
    for (int i = group.from(); i < group.to(); i++) {
      double one = of.applyAsDouble(i);
      greatest = Double.isNaN(greatest) || one > greatest ? one : greatest;
    }
    return greatest;
  }

  /** Returns the worst window from one place to another: by its status, then by its distance. */
  private static int worst(Series series, int from, int to) {
    int worst = from;
    for (int i = from + 1; i < to; i++) {
      int order = series.status(i).compareTo(series.status(worst));
      float value = series.number(Number.VALUE, i);
      float known = series.number(Number.VALUE, worst);
      if (order < 0 || order == 0 && (value > known || Float.isNaN(known))) {
        worst = i;
      }
    }
    return worst;
  }
}
