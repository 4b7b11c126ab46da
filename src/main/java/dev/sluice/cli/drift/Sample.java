package dev.sluice.cli.drift;

import dev.sluice.drift.Buckets;
import dev.sluice.drift.WeightedValues;
import dev.sluice.profile.DataProfile;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

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

    /** Returns whether the first text occurs nowhere else, as a header would. */
    boolean mayBeginWithHeader() {
      return !first.isEmpty() && counts.size() > 1 && counts.getOrDefault(first, 0.0) == 1;
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
