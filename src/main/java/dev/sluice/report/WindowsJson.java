package dev.sluice.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.RowCounts;
import dev.sluice.report.SegmentHistory.Span;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The windows of a segment with their books, as part of the overview: see {@link HistoryJson}. What
 * was read, malformed and rejected is said by inputs and outputs alike; outputs know what became of
 * the rest.
 */
final class WindowsJson {
  private static final int MAX_WINDOWS = 2000;

  private final JsonGenerator json;
  private final ModelHistory model;
  private final SortedMap<Span, WindowRow> inputs;
  private final SortedMap<Span, WindowRow> outputs;
  private final long late;
  private final RowCounts outputsWithoutWindow;
  private final Map<Span, Integer> drifted = new TreeMap<>();

  WindowsJson(JsonGenerator json, ModelHistory model, String segment) {
    this.json = json;
    this.model = model;
    Optional<SegmentHistory> in = model.find(ProfileKind.INPUT, segment);
    Optional<SegmentHistory> out = model.find(ProfileKind.OUTPUT, segment);
    this.inputs = in.map(SegmentHistory::windows).orElseGet(TreeMap::new);
    this.outputs = out.map(SegmentHistory::windows).orElseGet(TreeMap::new);
    this.late = in.map(inputsOf -> inputsOf.withoutWindow().late()).orElse(0L);
    this.outputsWithoutWindow = out.map(SegmentHistory::withoutWindow).orElse(RowCounts.NONE);
    in.ifPresent(this::count);
    out.ifPresent(this::count);
  }

  private void count(SegmentHistory segment) {
    for (ColumnHistory column : segment.columns()) {
      Series series = column.series();
      for (int i = 0; i < series.size(); i++) {
        if (series.status(i) == Status.DRIFT) {
          drifted.merge(new Span(series.start(i), series.end(i)), 1, Integer::sum);
        }
      }
    }
  }

  void write() throws IOException {
    TreeSet<Span> spans = new TreeSet<>(inputs.keySet());
    spans.addAll(outputs.keySet());
    WindowRow any = spans.isEmpty() ? null : row(spans.last());
    json.writeStringField("timeZone", any == null ? "" : any.window().timeZone());
    json.writeStringField("window", any == null ? "" : any.window().length());
    RowCounts totals = RowCounts.NONE;
    int left = Math.max(0, spans.size() - MAX_WINDOWS);
    json.writeNumberField("windowsLeftOut", left);
    json.writeArrayFieldStart("windows");
    int place = 0;
    for (Span span : spans) {
      RowCounts counts = counts(span);
      totals = totals.plus(counts);
      if (place++ >= left) {
        window(span, counts);
      }
    }
    json.writeEndArray();
    json.writeNumberField("droppedWindows", model.droppedWindows());
    totals(spans.size(), totals);
  }

  private WindowRow row(Span span) {
    WindowRow input = inputs.get(span);
    return input == null ? outputs.get(span) : input;
  }

  /** Returns what inputs profiled, and of the rest what says most. */
  private RowCounts counts(Span span) {
    RowCounts in = inputs.containsKey(span) ? inputs.get(span).counts() : RowCounts.NONE;
    RowCounts out = outputs.containsKey(span) ? outputs.get(span).counts() : RowCounts.NONE;
    return new RowCounts(
        in.rows(),
        Math.max(in.rejected(), out.rejected()),
        in.late(),
        Math.max(in.read(), out.read()),
        Math.max(in.malformed(), out.malformed()),
        out.predicted(),
        out.failed());
  }

  private void window(Span span, RowCounts counts) throws IOException {
    WindowRow row = row(span);
    json.writeStartObject();
    json.writeNumberField("start", span.start());
    json.writeNumberField("end", span.end());
    json.writeBooleanField("final", row.window().isFinal());
    json.writeNumberField("revision", row.window().revision());
    json.writeNumberField("rows", counts.rows());
    json.writeNumberField("rejected", counts.rejected());
    json.writeNumberField("late", counts.late());
    json.writeNumberField("read", counts.read());
    json.writeNumberField("malformed", counts.malformed());
    json.writeNumberField("predicted", counts.predicted());
    json.writeNumberField("failed", counts.failed());
    json.writeNumberField("drifted", drifted.getOrDefault(span, 0));
    json.writeEndObject();
  }

  private void totals(int windows, RowCounts totals) throws IOException {
    RowCounts books = totals.plus(outputsWithoutWindow);
    json.writeObjectFieldStart("totals");
    json.writeNumberField("windows", windows);
    json.writeNumberField("read", books.read());
    json.writeNumberField("readWithoutWindow", outputsWithoutWindow.read());
    json.writeNumberField("malformed", books.malformed());
    json.writeNumberField("rejected", books.rejected());
    json.writeNumberField("predicted", books.predicted());
    json.writeNumberField("failed", books.failed());
    json.writeNumberField("late", totals.late() + late);
    json.writeNumberField("latePredicted", latePredicted());
    json.writeFieldName("balanced");
    if (outputs.isEmpty()) {
      json.writeNull(); // only outputs say what became of the records
    } else {
      json.writeBoolean(isBalanced(books));
    }
    json.writeEndObject();
  }

  /**
   * Returns whether all that was read is somewhere, late predictions included.
   *
   * @param books of all windows, whose late rows are those of inputs, and of outputs without one
   */
  private boolean isBalanced(RowCounts books) {
    return books.read()
        == books.malformed()
            + books.rejected()
            + books.predicted()
            + books.failed()
            + latePredicted();
  }

  private long latePredicted() {
    long late = outputsWithoutWindow.late();
    for (WindowRow output : outputs.values()) {
      late += output.counts().late();
    }
    return late;
  }
}
