package dev.sluice.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.record.ElementType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A window's distribution beside its reference's: see {@link HistoryJson}. */
final class DistributionJson {
  /** So many different numbers are shown one by one; more in bins. */
  private static final int MAX_SINGLE_NUMBERS = 24;

  private static final int MAX_VALUES = 20;

  /** An open end that is narrower than this share of the width belongs to its neighbour. */
  private static final double NARROW_END = 1 / 48.0;

  private DistributionJson() {}

  /** Writes an object; null where there is nothing to show. */
  static void write(JsonGenerator json, Shape window, Optional<Shape> reference, ElementType type)
      throws IOException {
    Shape leading = reference.orElse(window);
    boolean text = type == ElementType.STRING;
    boolean single =
        text
            || leading.hasAllValues()
                && !leading.values().isEmpty()
                && leading.values().size() <= MAX_SINGLE_NUMBERS
                && window.hasAllValues();
    if (leading == Shape.FORGOTTEN) {
      json.writeNull();
    } else if (single) {
      values(json, window, reference, text);
    } else if (leading.edges().length < 2) {
      json.writeNull();
    } else {
      bins(json, leading, window, reference);
    }
  }

  private static void bins(
      JsonGenerator json, Shape leading, Shape window, Optional<Shape> reference)
      throws IOException {
    boolean sameBins = window.hasBinsOf(leading);
    double[] edges = leading.edges();
    double low = sameBins ? Math.min(leading.low(), window.low()) : leading.low();
    double high = sameBins ? Math.max(leading.high(), window.high()) : leading.high();
    int last = edges.length - 1;
    double narrow = (edges[last] - edges[0]) * NARROW_END;
    boolean below = edges[0] - low > narrow;
    boolean above = high - edges[last] > narrow;
    edges[0] = below ? edges[0] : low;
    edges[last] = above ? edges[last] : high;
    json.writeStartObject();
    json.writeStringField("type", "bins");
    json.writeArrayFieldStart("edges");
    if (below) {
      Values.number(json, low);
    }
    for (double edge : edges) {
      Values.number(json, edge);
    }
    if (above) {
      Values.number(json, high);
    }
    json.writeEndArray();
    shares(json, "window", sameBins ? Optional.of(window) : Optional.empty(), below, above);
    shares(json, "reference", reference, below, above);
    json.writeEndObject();
  }

  /** The outer bins belong to their neighbours where they are too narrow. */
  private static void shares(
      JsonGenerator json, String name, Optional<Shape> shape, boolean below, boolean above)
      throws IOException {
    if (shape.isEmpty() || shape.get().total() == 0) {
      json.writeNullField(name);
      return;
    }
    Shape known = shape.get();
    int last = known.edges().length;
    json.writeArrayFieldStart(name);
    if (below) {
      Values.number(json, known.share(0));
    }
    for (int bin = 1; bin < last; bin++) {
      double share = known.share(bin);
      share += !below && bin == 1 ? known.share(0) : 0;
      share += !above && bin == last - 1 ? known.share(last) : 0;
      Values.number(json, share);
    }
    if (above) {
      Values.number(json, known.share(last));
    }
    json.writeEndArray();
  }

  private static void values(
      JsonGenerator json, Shape window, Optional<Shape> reference, boolean text)
      throws IOException {
    List<String> shown = chosen(window, reference, text);
    json.writeStartObject();
    json.writeStringField("type", "values");
    json.writeArrayFieldStart("values");
    for (String value : shown) {
      json.writeString(value);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("new");
    for (String value : shown) {
      json.writeBoolean(
          reference.isPresent()
              && reference.get().hasAllValues()
              && !reference.get().values().containsKey(value));
    }
    json.writeEndArray();
    shares(json, "window", Optional.of(window), shown);
    shares(json, "reference", reference, shown);
    json.writeEndObject();
  }

  /** The reference's values first; new ones are shown where there is room, or make some. */
  private static List<String> chosen(Shape window, Optional<Shape> reference, boolean text) {
    int most = text ? MAX_VALUES : MAX_SINGLE_NUMBERS;
    Set<String> known = reference.map(shape -> shape.values().keySet()).orElse(Set.of());
    List<String> added = new ArrayList<>(window.values().keySet());
    added.removeAll(known);
    int room = Math.max(most - known.size(), Math.min(added.size(), most / 4));
    Set<String> shown = new LinkedHashSet<>();
    known.stream().limit(Math.max(0, most - Math.min(room, added.size()))).forEach(shown::add);
    added.stream().limit(room).forEach(shown::add);
    List<String> list = new ArrayList<>(shown);
    if (!text) {
      list.sort(Comparator.comparingDouble(Double::parseDouble));
    }
    return list;
  }

  private static void shares(
      JsonGenerator json, String name, Optional<Shape> shape, List<String> shown)
      throws IOException {
    json.writeFieldName(name);
    boolean known =
        shape.isPresent()
            && shape.get().total() > 0
            && (shape.get().hasAllValues() || !shape.get().values().isEmpty());
    if (!known) {
      json.writeNull();
    } else {
      json.writeStartArray();
      for (String value : shown) {
        Values.number(json, shape.get().share(value));
      }
      json.writeEndArray();
    }
  }
}
