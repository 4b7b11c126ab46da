package dev.sluice.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds what somebody may have meant who misspelt a name. */
public final class NearestName {
  private NearestName() {}

  /**
   * Returns the known name that takes the fewest edits to reach from an unknown one; of several the
   * first. Empty where none is known.
   */
  public static Optional<String> of(String unknown, Collection<String> known) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return known.stream().min(Comparator.comparing(name -> distance.apply(name, unknown)));
  }
}
