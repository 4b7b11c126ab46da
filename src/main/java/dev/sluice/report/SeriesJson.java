package dev.sluice.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.report.Series.Number;
import java.io.IOException;
import java.util.Locale;
import java.util.function.IntFunction;

/** A column's windows as parallel arrays: see {@link HistoryJson}. */
final class SeriesJson {
  private interface Item {
    void write(int at) throws IOException;
  }

  private SeriesJson() {}

  /**
   * Writes the fields {@code series} and {@code labels}.
   *
   * @param points how many windows there are at most
   */
  static void write(JsonGenerator json, ColumnHistory column, int points) throws IOException {
    Series series = column.series();
    int every = Math.max(1, (series.size() + points - 1) / points);
    int[] places = new int[(series.size() + every - 1) / every];
    for (int i = 0; i < places.length; i++) {
      places[i] = worst(series, i * every, Math.min(series.size(), (i + 1) * every));
    }
    json.writeObjectFieldStart("series");
    json.writeNumberField("every", every);
    array(json, "start", places, at -> json.writeNumber(series.start(at)));
    array(json, "end", places, at -> json.writeNumber(series.end(at)));
    array(json, "rows", places, at -> json.writeNumber(series.rows(at)));
    array(json, "status", places, at -> json.writeString(series.status(at).name()));
    array(json, "signs", places, at -> Values.signs(json, series.signs(at)));
    for (Number number : Number.values()) {
      IntFunction<Float> get = at -> series.number(number, at);
      String name = number.name().toLowerCase(Locale.ROOT);
      array(json, name, places, at -> Values.number(json, get.apply(at)));
    }
    json.writeEndObject();
    json.writeArrayFieldStart("labels");
    for (int i = 0; i < column.labels().size(); i++) {
      int label = i;
      json.writeStartObject();
      json.writeStringField("value", column.labels().get(label));
      array(json, "shares", places, at -> Values.number(json, series.share(label, at)));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void array(JsonGenerator json, String name, int[] places, Item item)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (int place : places) {
      item.write(place);
    }
    json.writeEndArray();
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
