package dev.sluice.cli.drift;

import dev.sluice.drift.Buckets;
import dev.sluice.drift.WeightedValues;
import dev.sluice.profile.DataProfile;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a file holds of a distribution. */
public sealed interface Sample {
  /** Returns what it is, for a person: {@code values}, {@code counts} and so on. */
  String form();

  /**
   * Numbers whose every value is known.
   *
   * @param counted whether the file counts each distinct value, which is a category then
   * @param name of the column, from the header; empty without one
   * @param values all but NaN; infinities may be among them
   * @param nan how many are NaN
   * @param missing how many are not there
   */
  record Numbers(boolean counted, String name, WeightedValues values, double nan, double missing)
      implements Sample {
    @Override
    public String form() {
      return counted ? "counts of numbers" : "numbers";
    }
  }

  /**
   * Texts, counted.
   *
   * @param counted whether the file counts them; else it has one per line
   * @param name of the column, from the header; empty without one
   * @param first the first text of a file with one per line, which may be a header; else empty
   * @param counts how often each occurs
   * @param missing how many are not there
   */
  record Texts(
      boolean counted, String name, String first, SortedMap<String, Double> counts, double missing)
      implements Sample {
    public Texts {
      counts = Collections.unmodifiableSortedMap(counts);
    }

    @Override
    public String form() {
      return counted ? "counts of texts" : "texts";
    }

    /**
     * Returns whether this and another file begin with the same header: a text that is no number,
     * which neither has again. Where other texts, too, are in both once, or none is in a file
     * twice, it may as well be a value, and counts as one.
     */
    boolean beginsWithHeaderOf(Texts other) {
      return first.equals(other.first)
          && NumberCell.mayBeHeader(first)
          && isOnceInBoth(first, other)
          && Stream.of(this, other).allMatch(texts -> texts.counts.size() > 1)
          && Stream.of(this, other)
              .flatMap(texts -> texts.counts.values().stream())
              .anyMatch(count -> count > 1)
          && counts.keySet().stream().filter(text -> isOnceInBoth(text, other)).count() == 1;
    }

    private boolean isOnceInBoth(String text, Texts other) {
      return counts.getOrDefault(text, 0.0) == 1 && other.counts.getOrDefault(text, 0.0) == 1;
    }

    /** Returns this with its first text as the name. */
    Texts withFirstAsName() {
      TreeMap<String, Double> others = new TreeMap<>(counts);
      others.remove(first);
      return new Texts(counted, first, "", others, missing);
    }
  }

  /** A histogram. */
  record Histogram(Buckets buckets) implements Sample {
    @Override
    public String form() {
      return "histogram";
    }
  }

  /** A data profile. */
  record Profile(DataProfile profile) implements Sample {
    @Override
    public String form() {
      return "data profile";
    }
  }
}
