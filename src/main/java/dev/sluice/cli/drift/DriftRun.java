package dev.sluice.cli.drift;

import dev.sluice.drift.SignificanceLevel;
import dev.sluice.drift.WeightedValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/** Reads two files and compares what is in them. */
public final class DriftRun {
  private final Path reference;
  private final Path current;
  private final SampleOptions options;
  private final SignificanceLevel significance;

  /**
   * @param reference the file that is compared with
   * @param current the file that is compared
   */
  public DriftRun(
      Path reference, Path current, SampleOptions options, SignificanceLevel significance) {
    this.reference = reference;
    this.current = current;
    this.options = options;
    this.significance = significance;
  }

  /**
   * Compares the files.
   *
   * @throws IllegalArgumentException if a file is not sound, or the two cannot be compared
   * @throws IOException if one cannot be read
   */
  public DriftResult compare() throws IOException {
    Sample before = SampleFile.read("--reference", reference, options);
    Sample after = SampleFile.read("--current", current, options);
    if (before instanceof Sample.Profile a && after instanceof Sample.Profile b) {
      return profiles(a, b);
    }
    if (before instanceof Sample.Texts a && after instanceof Sample.Texts b) {
      boolean header = a.beginsWithHeaderOf(b);
      before = header ? a.withFirstAsName() : a;
      after = header ? b.withFirstAsName() : b;
    }
    return result(before, after, List.of(column(before, after)), List.of(), List.of());
  }

  private DriftResult profiles(Sample.Profile before, Sample.Profile after) {
    ProfileComparison comparison =
        new ProfileComparison(before.profile(), after.profile(), significance);
    if (comparison.results().isEmpty()) {
      throw new IllegalArgumentException(
          "%s and %s have no column in common, expected some".formatted(reference, current));
    }
    if (comparison.results().stream().noneMatch(column -> column.obstacle().isEmpty())) {
      ColumnResult first = comparison.results().get(0);
      throw new IllegalArgumentException(
          "%s and %s have no column that can be compared: %s: %s"
              .formatted(reference, current, first.name(), first.obstacle()));
    }
    return result(
        before, after, comparison.results(), comparison.onlyReference(), comparison.onlyCurrent());
  }

  private ColumnResult column(Sample before, Sample after) {
    SampleComparison comparison = new SampleComparison(significance);
    Sample a = likeOther(before, after);
    Sample b = likeOther(after, before);
    if (a instanceof Sample.Numbers r && b instanceof Sample.Numbers c) {
      return comparison.numbers(r, c);
    }
    if (a instanceof Sample.Texts r && b instanceof Sample.Texts c) {
      return comparison.texts(r, c);
    }
    if (a instanceof Sample.Histogram r && b instanceof Sample.Histogram c) {
      return comparison.histograms(r.buckets(), c.buckets());
    }
    boolean mixed = a instanceof Sample.Numbers || a instanceof Sample.Texts;
    boolean other = b instanceof Sample.Numbers || b instanceof Sample.Texts;
    throw new IllegalArgumentException(
        "%s holds a sample of form %s and %s of form %s, expected the same%s"
            .formatted(
                reference,
                a.form(),
                current,
                b.form(),
                mixed && other ? "; --type text takes every value as a text" : ""));
  }

  /** A file without any value is of the type of the other. */
  private static Sample likeOther(Sample sample, Sample other) {
    boolean empty = sample instanceof Sample.Texts texts && texts.counts().isEmpty();
    return empty && other instanceof Sample.Numbers
        ? new Sample.Numbers(
            ((Sample.Texts) sample).counted(),
            ((Sample.Texts) sample).name(),
            WeightedValues.of(new TreeMap<>()),
            0,
            ((Sample.Texts) sample).missing())
        : sample;
  }

  private DriftResult result(
      Sample before,
      Sample after,
      List<ColumnResult> columns,
      List<String> onlyReference,
      List<String> onlyCurrent) {
    return new DriftResult(
        reference,
        before.form(),
        current,
        after.form(),
        significance,
        columns,
        onlyReference,
        onlyCurrent);
  }
}
