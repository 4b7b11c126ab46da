package dev.sluice.report;

import dev.sluice.profile.DriftSignKind;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the last window in which features were judged says of all columns of a segment, in one
 * sentence and some more; of outputs a later one may say it. Where no feature ever was judged it is
 * the last window of outputs.
 *
 * @param level {@code DRIFT} where a column has drifted or has a sign; else {@code
 *     INSUFFICIENT_DATA} where most could not be judged
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

  /**
   * The columns of one kind.
   *
   * @param all all that are known but those that are gone
   * @param compared those that the last window that was judged compares with something
   */
  private record Columns(List<ColumnHistory> all, List<ColumnHistory> compared) {
    List<ColumnHistory> of(DriftVerdict verdict) {
      return compared.stream()
          .filter(column -> column.newest().drift().verdict() == verdict)
          .sorted(Comparator.comparingDouble(ColumnHistory::excess).reversed())
          .toList();
    }

    List<String> drifted() {
      return of(DriftVerdict.DRIFT).stream().map(ColumnHistory::name).toList();
    }

    /** Returns how many have a verdict: drift, or none. */
    int judged() {
      return of(DriftVerdict.DRIFT).size() + of(DriftVerdict.OK).size();
    }

    int notJudged() {
      return all.size() - judged();
    }
  }

  static Verdict of(ModelHistory model, String segment) {
    Optional<SegmentHistory> inputs = model.find(ProfileKind.INPUT, segment);
    Optional<SegmentHistory> outputs = model.find(ProfileKind.OUTPUT, segment);
    Optional<ProfiledWindow> answered = last(outputs);
    Optional<ProfiledWindow> last = last(inputs).or(() -> answered);
    if (last.isEmpty()) {
      return nothing(inputs, outputs, model.hasWindows() ? segment : "");
    }
    ProfiledWindow window = last.get();
    long end = window.end();
    Optional<ProfiledWindow> later = answered.filter(of -> of.end() > end);
    Columns features = columns(inputs, window);
    Columns answers = columns(outputs, later.orElse(window));
    List<String> details = new ArrayList<>();
    later.ifPresent(of -> details.add(later(of)));
    outputs(answers, !features.drifted().isEmpty(), details);
    signs(features, details);
    signs(answers, details);
    insufficient(features, details);
    open(inputs, end, details);
    gone(inputs, outputs).ifPresent(details::add);
    String sentence = sentence(features, name(window));
    return new Verdict(level(features, answers), sentence, details, window.start(), end);
  }

  private static String name(ProfiledWindow window) {
    return WindowName.of(window.start(), window.end(), window.timeZone());
  }

  /** Windows of inputs and of outputs are not published at once. */
  private static String later(ProfiledWindow answered) {
    return "The model's outputs were judged in a later window (%s), in which no feature has been."
        .formatted(name(answered));
  }

  /** An all-clear is of the features that were judged alone. */
  private static String sentence(Columns features, String window) {
    int all = features.all().size();
    int judged = features.judged();
    int rest = features.notJudged();
    List<String> drifted = features.drifted();
    if (all == 0) {
      return "No feature was judged in the last window (" + window + ").";
    }
    if (judged == 0) {
      return all == 1
          ? "The feature could not be judged in the last window (" + window + ")."
          : "None of %d features could be judged in the last window (%s).".formatted(all, window);
    }
    String left = rest == 0 ? "" : "; " + rest + " could not be judged";
    if (drifted.isEmpty()) {
      return "None of %d %s%s drifted in the last window (%s)%s."
          .formatted(
              judged,
              rest == 0 ? "" : "judged ",
              judged == 1 ? "feature" : "features",
              window,
              left);
    }
    return "%d of %d %s drifted in the last window (%s): %s%s."
        .formatted(
            drifted.size(), all, all == 1 ? "feature" : "features", window, names(drifted), left);
  }

  /**
   * @param segment which part of a model that has windows; empty for all of it
   */
  private static Verdict nothing(
      Optional<SegmentHistory> inputs, Optional<SegmentHistory> outputs, String segment) {
    boolean windows =
        inputs.isPresent() && !inputs.get().windows().isEmpty()
            || outputs.isPresent() && !outputs.get().windows().isEmpty();
    if (!windows && !segment.isEmpty()) {
      return new Verdict(
          Status.NOT_JUDGED,
          "There are no windows of segment " + segment + " of this model.",
          List.of(),
          null,
          null);
    }
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

  /** Returns the last window that was judged. */
  private static Optional<ProfiledWindow> last(Optional<SegmentHistory> segment) {
    return segment.stream()
        .flatMap(known -> known.columns().stream())
        .map(ColumnHistory::newest)
        .filter(newest -> newest != null && newest.drift() != null)
        .map(WindowColumn::window)
        .max(Comparator.comparing(ProfiledWindow::end));
  }

  private static Columns columns(Optional<SegmentHistory> segment, ProfiledWindow window) {
    List<ColumnHistory> all =
        segment.stream()
            .flatMap(known -> known.columns().stream())
            .filter(column -> column.status() != Status.GONE)
            .toList();
    return new Columns(
        all,
        all.stream()
            .filter(
                column ->
                    column.newest() != null
                        && column.newest().window().start().equals(window.start())
                        && column.newest().window().end().equals(window.end())
                        && column.newest().drift() != null)
            .toList());
  }

  /** Nothing is fine where most features, or most outputs, could not be judged. */
  private static Status level(Columns features, Columns answers) {
    boolean unjudged = false;
    boolean compared = false;
    for (Columns columns : List.of(features, answers)) {
      for (ColumnHistory column : columns.compared()) {
        compared = true;
        if (column.status().compareTo(Status.SIGN) <= 0) {
          return Status.DRIFT;
        }
      }
      unjudged |= columns.notJudged() > columns.judged();
    }
    return !compared ? Status.NOT_JUDGED : unjudged ? Status.INSUFFICIENT_DATA : Status.OK;
  }

  /** What the model answers has not drifted only if each of its outputs has not. */
  private static void outputs(Columns answers, boolean asWell, List<String> details) {
    List<String> drifted = answers.drifted();
    List<String> fine =
        answers.compared().stream()
            .filter(column -> column.status() == Status.OK)
            .map(ColumnHistory::name)
            .toList();
    List<String> unjudged =
        answers.all().stream()
            .filter(column -> !answers.of(DriftVerdict.DRIFT).contains(column))
            .filter(column -> !answers.of(DriftVerdict.OK).contains(column))
            .map(ColumnHistory::name)
            .toList();
    if (!drifted.isEmpty()) {
      details.add(output(drifted) + " drifted" + (asWell ? " as well." : "."));
    }
    if (!fine.isEmpty() && fine.size() == answers.all().size()) {
      details.add("What the model answers has not drifted.");
    } else if (!fine.isEmpty()) {
      details.add(output(fine) + (fine.size() == 1 ? " has" : " have") + " not drifted.");
    }
    if (!unjudged.isEmpty()) {
      details.add(output(unjudged) + " could not be judged.");
    }
  }

  private static String output(List<String> names) {
    return "The model's " + (names.size() == 1 ? "output " : "outputs ") + names(names);
  }

  private static void signs(Columns columns, List<String> details) {
    Map<DriftSignKind, List<String>> named = new LinkedHashMap<>();
    for (ColumnHistory column : columns.compared()) {
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
    List<String> few = new ArrayList<>();
    List<String> many = new ArrayList<>();
    List<String> never = new ArrayList<>();
    for (ColumnHistory column : features.compared()) {
      if (column.status() == Status.INSUFFICIENT_DATA) {
        WindowColumn newest = column.newest();
        (newest.hasTooManyTexts() ? many : newest.isBeyondJudging() ? never : few)
            .add(column.name());
      }
    }
    if (!few.isEmpty()) {
      details.add("There was too little data to judge " + names(few) + ".");
    }
    if (!never.isEmpty()) {
      details.add(
          names(never)
              + " cannot be judged: training data is too little, or the threshold, which is at least what it"
              + " varies by itself in so short a time, in a segment by its season as well, is more than the distance can be.");
    }
    if (!many.isEmpty()) {
      details.add(
          names(many)
              + (many.size() == 1 ? " has" : " have")
              + " too many different texts to be judged.");
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

  /** An all-clear is not of columns that the job writes no more. */
  private static Optional<String> gone(
      Optional<SegmentHistory> inputs, Optional<SegmentHistory> outputs) {
    List<String> gone =
        Stream.of(inputs, outputs)
            .flatMap(Optional::stream)
            .flatMap(known -> known.columns().stream())
            .filter(column -> column.status() == Status.GONE)
            .map(ColumnHistory::name)
            .toList();
    return gone.isEmpty()
        ? Optional.empty()
        : Optional.of(
            names(gone)
                + (gone.size() == 1 ? " is" : " are")
                + " not in the last window any more: nothing is said of "
                + (gone.size() == 1 ? "it." : "them."));
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
