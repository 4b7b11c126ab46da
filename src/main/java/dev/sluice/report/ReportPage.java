package dev.sluice.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.sluice.profile.ProfileKind;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The report: one HTML file with all that it needs, style, scripts and data, which loads nothing
 * and runs no other script. Names and values of the data are nothing but text in it.
 */
public final class ReportPage {
  /**
   * The most characters of data, about: segments beyond half of them are left out, and columns
   * beyond all of them are in the table alone.
   */
  static final int MAX_DATA = 32 << 20;

  private static final int POINTS = 400;
  private static final List<ProfileKind> KINDS = List.of(ProfileKind.INPUT, ProfileKind.OUTPUT);

  private final History history;
  private final HistoryJson documents;
  private final ModelKey key;
  private final Instant made;
  private final int maxData;

  /** A column of a segment. */
  private record Place(ProfileKind kind, String segment, ColumnHistory column) {}

  /**
   * @param history what there is to report
   * @param cards what is known of models
   * @param key the model; null where there are no windows
   * @param made when the report is made, for a person
   */
  public ReportPage(History history, List<ModelCard> cards, ModelKey key, Instant made) {
    this(history, cards, key, made, MAX_DATA);
  }

  /** Makes a page of about so many characters of data, besides those of all records' overview. */
  ReportPage(History history, List<ModelCard> cards, ModelKey key, Instant made, int maxData) {
    this.history = requireNonNull(history, "history is null");
    this.documents = new HistoryJson(history, cards);
    this.key = key;
    this.made = requireNonNull(made, "made is null");
    this.maxData = maxData;
  }

  /** Returns the verdict in one sentence. */
  public String sentence() {
    return verdict().sentence();
  }

  private Verdict verdict() {
    return Verdict.of(
        history
            .model(key == null ? new ModelKey("", "") : key)
            .orElseGet(
                () ->
                    new ModelHistory(new ModelKey("", ""), dev.sluice.profile.ProfiledModel.NONE)),
        "");
  }

  /** Writes the page. */
  public void write(Writer out) throws IOException {
    String style = "\n" + PageParts.text(PageParts.STYLE);
    List<String> scripts = new ArrayList<>();
    scripts.add(PageParts.chart());
    PageParts.SCRIPTS.forEach(name -> scripts.add("\n" + PageParts.text(name)));
    scripts.add("\n" + PageParts.text("report.js"));
    String policy =
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src "
            + PageParts.hash(style)
            + "; script-src "
            + scripts.stream().map(PageParts::hash).collect(Collectors.joining(" "));
    String page = PageParts.text("report.html");
    int from = 0;
    for (int at = page.indexOf("${"); at >= 0; at = page.indexOf("${", from)) {
      out.write(page, from, at - from);
      int end = page.indexOf('}', at);
      switch (page.substring(at + 2, end)) {
        case "policy" -> out.write(policy);
        case "title" -> out.write(escaped(title()));
        case "style" -> out.write(style);
        case "sentence" -> out.write(escaped(sentence()));
        case "data" -> data(out);
        case "scripts" -> {
          for (String script : scripts) {
            out.write("<script>" + script + "</script>\n");
          }
        }
        default ->
            throw new IllegalStateException("report.html has " + page.substring(at, end + 1));
      }
      from = end + 1;
    }
    out.write(page, from, page.length() - from);
  }

  private String title() {
    String name =
        history
            .model(key == null ? new ModelKey("", "") : key)
            .map(model -> (model.model().name() + " " + model.model().version()).strip())
            .orElse("");
    return name.isEmpty() ? "Drift report" : "Drift report: " + name;
  }

  /** Returns a text as it may stand in an element or an attribute. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private void data(Writer out) throws IOException {
    try (JsonGenerator json = generator(out)) {
      json.writeStartObject();
      json.writeNumberField("format", 1);
      json.writeNumberField("made", made.toEpochMilli());
      TreeSet<String> segments = new TreeSet<>(List.of(""));
      if (key != null) {
        history
            .model(key)
            .ifPresent(model -> KINDS.forEach(k -> segments.addAll(model.segments(k).keySet())));
      }
      Set<String> written = new LinkedHashSet<>();
      json.writeArrayFieldStart("overviews");
      long characters = overviews(json, segments, written);
      json.writeEndArray();
      json.writeNumberField("segmentsLeftOut", segments.size() - written.size());
      json.writeArrayFieldStart("columns");
      int left = columns(json, written, characters);
      json.writeEndArray();
      json.writeNumberField("columnsLeftOut", left);
      json.writeFieldName("segments");
      if (key == null) {
        json.writeNull();
      } else {
        documents.segments(json, key);
      }
      json.writeEndObject();
    }
  }

  /**
   * Writes the overview of all records, and those of segments that have room; returns how many
   * characters they take.
   *
   * @param written takes the segments
   */
  private long overviews(JsonGenerator json, Set<String> segments, Set<String> written)
      throws IOException {
    long characters = 0;
    for (String segment : segments) {
      StringWriter text = new StringWriter();
      try (JsonGenerator one = generator(text)) {
        documents.overview(one, key, segment);
      }
      int length = text.getBuffer().length();
      if (!segment.isEmpty() && characters + length > maxData / 2) {
        break;
      }
      characters += length;
      written.add(segment);
      json.writeRawValue(text.toString());
    }
    return characters;
  }

  /**
   * Writes the columns, of all records first and worst first; returns how many have no room.
   *
   * @param characters how many are written already
   */
  private int columns(JsonGenerator json, Set<String> segments, long characters)
      throws IOException {
    if (key == null) {
      return 0;
    }
    ModelHistory model = history.model(key).orElseThrow();
    List<Place> places = new ArrayList<>();
    for (String segment : segments) {
      List<Place> own = new ArrayList<>();
      for (ProfileKind kind : KINDS) {
        model
            .find(kind, segment)
            .ifPresent(s -> s.columns().forEach(c -> own.add(new Place(kind, segment, c))));
      }
      own.sort((a, b) -> OverviewJson.WORST_FIRST.compare(a.column(), b.column()));
      places.addAll(own);
    }
    long written = characters;
    int left = 0;
    for (Place place : places) {
      if (written > maxData) {
        left++;
      } else {
        StringWriter text = new StringWriter();
        try (JsonGenerator one = generator(text)) {
          documents.column(one, key, place.kind(), place.segment(), place.column().name(), POINTS);
        }
        written += text.getBuffer().length();
        json.writeRawValue(text.toString());
      }
    }
    return left;
  }

  /** Returns what writes JSON that can stand in a script element: {@code <} is always escaped. */
  private static JsonGenerator generator(Writer out) throws IOException {
    JsonGenerator json = new JsonFactory().createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.setCharacterEscapes(new ScriptEscapes());
    return json;
  }

  private static final class ScriptEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private static final int[] CODES = codes();

    private static int[] codes() {
      int[] codes = CharacterEscapes.standardAsciiEscapesForJSON();
      for (char each : new char[] {'<', '>', '&'}) {
        codes[each] = CharacterEscapes.ESCAPE_STANDARD;
      }
      return codes;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return CODES.clone();
    }

    @Override
    public SerializableString getEscapeSequence(int c) {
      return new SerializedString("\\u%04x".formatted(c));
    }
  }
}
