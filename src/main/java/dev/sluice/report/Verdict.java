package dev.sluice.report;

import dev.sluice.profile.DriftSignKind;
import dev.sluice.profile.ProfileKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the last window that was judged says of all columns of a segment, in one sentence and some
 * more.
 *
 * @param level the worst that is so: {@code DRIFT} also where a column has a sign
 * @param sentence the verdict on drift
 * @param details what else is to be known, one sentence each
 * @param start start of the window, null where none was judged
 * @param end its end
 */
record Verdict(Status level, String sentence, List<String> details, Long start, Long end) {
  private static final int NAMED = 6;

  Verdict {
    details = List.copyOf(details);
  }

  /** The columns of one kind in the last window. */
  private record Columns(List<ColumnHistory> all) {
    List<String> of(Status status) {
      return all.stream()
          .filter(column -> column.status() == status)
          .sorted(Comparator.comparingDouble(ColumnHistory::excess).reversed())
          .map(ColumnHistory::name)
          .toList();
    }
  }

  static Verdict of(ModelHistory model, String segment) {
    Optional<SegmentHistory> inputs = model.find(ProfileKind.INPUT, segment);
    Optional<SegmentHistory> outputs = model.find(ProfileKind.OUTPUT, segment);
    Optional<WindowColumn> last = last(inputs, outputs);
    if (last.isEmpty()) {
      return nothing(inputs, outputs);
    }
    long start = last.get().window().start();
    long end = last.get().window().end();
    String name = WindowName.of(start, end, last.get().window().timeZone());
    Columns features = columns(inputs, start, end);
    Columns answers = columns(outputs, start, end);
    List<String> drifted = features.of(Status.DRIFT);
    List<String> details = new ArrayList<>();
    outputs(answers, details);
    signs(features, details);
    signs(answers, details);
    insufficient(features, details);
    open(inputs, end, details);
    String sentence =
        features.all().isEmpty()
            ? "No feature was judged in the last window (" + name + ")."
            : "%s of %d %s drifted in the last window (%s)%s."
                .formatted(
                    drifted.isEmpty() ? "None" : drifted.size(),
                    features.all().size(),
                    features.all().size() == 1 ? "feature" : "features",
                    name,
                    drifted.isEmpty() ? "" : ": " + names(drifted));
    return new Verdict(level(features, answers), sentence, details, start, end);
  }

  private static Verdict nothing(
      Optional<SegmentHistory> inputs, Optional<SegmentHistory> outputs) {
    boolean windows =
        inputs.isPresent() && !inputs.get().windows().isEmpty()
            || outputs.isPresent() && !outputs.get().windows().isEmpty();
    return windows
        ? new Verdict(
            Status.NOT_JUDGED,
            "No window has been judged.",
            List.of(
                "Windows are judged when they close, if the job has a baseline to compare them with."),
            null,
            null)
        : new Verdict(
            Status.NOT_JUDGED,
            "There are no windows yet.",
            List.of("A window appears when it closes: when records of a later time have come."),
            null,
            null);
  }

  /** Returns a column of the last window that was judged. */
  private static Optional<WindowColumn> last(
      Optional<SegmentHistory> inputs, Optional<SegmentHistory> outputs) {
    List<ColumnHistory> all = new ArrayList<>();
    inputs.ifPresent(segment -> all.addAll(segment.columns()));
    outputs.ifPresent(segment -> all.addAll(segment.columns()));
    return all.stream()
        .map(ColumnHistory::newest)
        .filter(newest -> newest != null && newest.drift() != null)
        .max(Comparator.comparing(newest -> newest.window().end()));
  }

  private static Columns columns(Optional<SegmentHistory> segment, long start, long end) {
    return new Columns(
        segment.stream()
            .flatMap(known -> known.columns().stream())
            .filter(
                column ->
                    column.newest() != null
                        && column.newest().window().start() == start
                        && column.newest().window().end() == end
                        && column.newest().drift() != null)
            .toList());
  }

  private static Status level(Columns features, Columns answers) {
    Status worst = Status.NOT_JUDGED;
    boolean ok = false;
    for (Columns columns : List.of(features, answers)) {
      for (ColumnHistory column : columns.all()) {
        Status status = column.status();
        ok |= status == Status.OK;
        worst = status.compareTo(worst) < 0 ? status : worst;
      }
    }
    boolean fine = ok && worst.compareTo(Status.SIGN) > 0;
    return fine ? Status.OK : worst == Status.SIGN ? Status.DRIFT : worst;
  }

  private static void outputs(Columns answers, List<String> details) {
    List<String> drifted = answers.of(Status.DRIFT);
    if (!drifted.isEmpty()) {
      details.add(
          "The model's "
              + (drifted.size() == 1 ? "output " : "outputs ")
              + names(drifted)
              + " drifted as well.");
    } else if (!answers.of(Status.OK).isEmpty()) {
      details.add("What the model answers has not drifted.");
    }
  }

  private static void signs(Columns columns, List<String> details) {
    Map<DriftSignKind, List<String>> named = new LinkedHashMap<>();
    for (ColumnHistory column : columns.all()) {
      column
          .newest()
          .drift()
          .signs()
          .forEach(
              sign ->
                  named.computeIfAbsent(sign.kind(), k -> new ArrayList<>()).add(column.name()));
    }
    named.forEach(
        (kind, all) ->
            details.add(
                switch (kind) {
                  case VANISHED ->
                      names(all) + (all.size() == 1 ? " has" : " have") + " no values any more.";
                  case FLAT_LINE ->
                      names(all) + (all.size() == 1 ? " has" : " have") + " one value only.";
                  case MISSING_JUMP ->
                      "More values of " + names(all) + " are missing than were in training.";
                  case UNIT_CHANGE ->
                      names(all)
                          + (all.size() == 1 ? " seems" : " seem")
                          + " to come in another unit.";
                  case NEW_CATEGORY ->
                      names(all)
                          + (all.size() == 1 ? " has" : " have")
                          + " values that training did not have.";
                }));
  }

  private static void insufficient(Columns features, List<String> details) {
    List<String> few =
        features.all().stream()
            .filter(column -> column.status() == Status.INSUFFICIENT_DATA)
            .map(ColumnHistory::name)
            .toList();
    if (!few.isEmpty()) {
      details.add("There was too little data to judge " + names(few) + ".");
    }
  }

  private static void open(Optional<SegmentHistory> inputs, long end, List<String> details) {
    boolean open =
        inputs.isPresent()
            && inputs.get().windows().values().stream()
                .anyMatch(row -> row.window().end() > end && !row.window().isFinal());
    if (open) {
      details.add(
          "A later window is still open: records may come for it, and it is not judged yet.");
    }
  }

  /** Returns names as a person lists them. */
  private static String names(List<String> names) {
    if (names.size() > NAMED) {
      return String.join(", ", names.subList(0, NAMED - 1))
          + " and "
          + (names.size() - NAMED + 1)
          + " more";
    }
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
