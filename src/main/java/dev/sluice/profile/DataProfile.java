package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import dev.sluice.expect.Expectation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Statistics and expectations per column: of the data a model was trained on (the baseline), or of
 * one window. A baseline has all inputs and outputs; a window's profile has one column, and its
 * summary none.
 *
 * @param formatVersion version of the format, {@value #FORMAT_VERSION}
 * @param kind what it is about
 * @param model the model that reads the columns
 * @param window the part of a stream that it is about
 * @param counts how many records it is about
 * @param columns the inputs of a baseline; the column of a window
 * @param outputs the model's outputs; empty but for a baseline
 * @param expectations those that are not about one of the columns alone: of records, of several
 *     columns, of a column that the profile does not have
 * @param dataSet what a baseline was made from, null elsewhere
 * @param creator what made it, for a person
 * @param findings what a window says of the baseline's expectations; none for a baseline
 * @param parts the segments and the seasons of a baseline; usually none
 */
public record DataProfile(
    int formatVersion,
    ProfileKind kind,
    ProfiledModel model,
    ProfiledWindow window,
    RowCounts counts,
    List<ColumnProfile> columns,
    List<ColumnProfile> outputs,
    List<Expectation> expectations,
    DataSet dataSet,
    String creator,
    WindowFindings findings,
    List<ProfilePart> parts)
    implements Serializable {
  /** The version of the format that this code writes and reads. */
  public static final int FORMAT_VERSION = 1;

  /**
   * @throws IllegalArgumentException if a column or an output is there twice
   */
  public DataProfile {
    requireNonNull(kind, "kind is null");
    requireNonNull(model, "model is null");
    requireNonNull(window, "window is null");
    requireNonNull(counts, "counts is null");
    requireNonNull(creator, "creator is null");
    requireNonNull(findings, "findings is null");
    columns = List.copyOf(columns);
    outputs = List.copyOf(outputs);
    expectations = List.copyOf(expectations);
    parts = List.copyOf(parts);
    checkDistinct("column", columns);
    checkDistinct("output", outputs);
  }

  /** A profile of this code's version, without findings and parts. */
  public DataProfile(
      ProfileKind kind,
      ProfiledModel model,
      ProfiledWindow window,
      RowCounts counts,
      List<ColumnProfile> columns,
      List<ColumnProfile> outputs,
      List<Expectation> expectations,
      DataSet dataSet,
      String creator) {
    this(
        FORMAT_VERSION,
        kind,
        model,
        window,
        counts,
        columns,
        outputs,
        expectations,
        dataSet,
        creator,
        WindowFindings.NONE,
        List.of());
  }

  /** Returns this profile with these parts. */
  public DataProfile withParts(List<ProfilePart> newParts) {
    return with(columns, expectations, dataSet, newParts);
  }

  /** Returns a baseline that knows no column: nothing is expected, nothing can be compared. */
  public static DataProfile empty() {
    return new DataProfile(
        ProfileKind.BASELINE,
        ProfiledModel.NONE,
        ProfiledWindow.none(""),
        RowCounts.NONE,
        List.of(),
        List.of(),
        List.of(),
        null,
        "");
  }

  /**
   * Returns this profile with other expectations.
   *
   * @param newColumns the same columns with theirs
   * @param newExpectations those that are not about one of the columns alone
   */
  DataProfile withExpectations(List<ColumnProfile> newColumns, List<Expectation> newExpectations) {
    return with(newColumns, newExpectations, dataSet, parts);
  }

  /** Returns this profile without those of its expectations that a condition holds of. */
  public DataProfile withoutExpectations(Predicate<Expectation> left) {
    UnaryOperator<List<Expectation>> others =
        all -> all.stream().filter(expectation -> !left.test(expectation)).toList();
    return withExpectations(
        columns.stream().map(c -> c.withExpectations(others.apply(c.expectations()))).toList(),
        others.apply(expectations));
  }

  /** Returns this profile, made from this data set. */
  public DataProfile withDataSet(DataSet newDataSet) {
    return with(columns, expectations, newDataSet, parts);
  }

  private DataProfile with(
      List<ColumnProfile> newColumns,
      List<Expectation> newExpectations,
      DataSet newDataSet,
      List<ProfilePart> newParts) {
    return new DataProfile(
        formatVersion,
        kind,
        model,
        window,
        counts,
        newColumns,
        outputs,
        newExpectations,
        newDataSet,
        creator,
        findings,
        newParts);
  }

  private static void checkDistinct(String what, List<ColumnProfile> profiles) {
    Set<String> names = new HashSet<>();
    for (ColumnProfile profile : profiles) {
      if (!names.add(profile.name())) {
        throw new IllegalArgumentException(
            what + " " + profile.name() + " is there twice, expected once");
      }
    }
  }

  /** Returns the input, or the column of a window, by its name. */
  public Optional<ColumnProfile> column(String name) {
    return find(columns, name);
  }

  /** Returns the output by its name. */
  public Optional<ColumnProfile> output(String name) {
    return find(outputs, name);
  }

  /**
   * Returns everything that is expected of the inputs: column by column, then what is not about one
   * column alone. A {@link dev.sluice.record.Violation} names the place in this list.
   */
  public List<Expectation> allExpectations() {
    List<Expectation> all = new ArrayList<>();
    columns.forEach(column -> all.addAll(column.expectations()));
    all.addAll(expectations);
    return all;
  }

  /** Returns the part of this kind and value. */
  public Optional<ProfilePart> part(PartKind kind, String value) {
    return parts.stream()
        .filter(part -> part.kind() == kind && part.value().equals(value))
        .findFirst();
  }

  private static Optional<ColumnProfile> find(List<ColumnProfile> profiles, String name) {
    return profiles.stream().filter(profile -> profile.name().equals(name)).findFirst();
  }
}
