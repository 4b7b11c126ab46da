package dev.sluice.expect.gx;

import dev.sluice.expect.Expectation;
import java.util.List;

/**
 * What became of the entries of a suite; each is in one of the lists.
 *
 * @param stated those that can be evaluated
 * @param vacuous those that any data meets
 * @param unsupported those that cannot be evaluated on this stream
 * @param wrong those that Great Expectations refuses, too
 */
public record SuiteTranslation(
    List<Stated> stated, List<Listed> vacuous, List<Listed> unsupported, List<Listed> wrong) {
  public SuiteTranslation {
    stated = List.copyOf(stated);
    vacuous = List.copyOf(vacuous);
    unsupported = List.copyOf(unsupported);
    wrong = List.copyOf(wrong);
  }

  /**
   * An entry that can be evaluated.
   *
   * @param place where it stands in the file: {@code expectations[3]}
   * @param type its type in Great Expectations
   */
  public record Stated(String place, String type, Expectation expectation) {}

  /**
   * An entry that is only listed.
   *
   * @param place where it stands in the file: {@code expectations[3]}
   * @param type its type in Great Expectations
   * @param columns the columns that it names, joined by commas; empty for none
   * @param reason why, for a person
   */
  public record Listed(String place, String type, String columns, String reason) {
    /** Returns one line: place, type, columns and reason. */
    @Override
    public String toString() {
      return place + ": " + type + (columns.isEmpty() ? "" : " of " + columns) + ": " + reason;
    }
  }

  /** Returns the expectations that can be evaluated, in the order of the file. */
  public List<Expectation> expectations() {
    return stated.stream().map(Stated::expectation).toList();
  }
}
