package dev.sluice.drift;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DriftSign;
import dev.sluice.profile.DriftSignKind;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A window has texts that the whole baseline does not have, in whatever season or segment: in at
 * least {@value #FEWEST} rows, and one in a thousand. Where a side has too many different texts to
 * tell, there is no such sign.
 */
final class NewCategory {
  private static final long FEWEST = 5;
  private static final double LEAST_SHARE = 0.001;
  private static final int NAMED = 3;

  private NewCategory() {}

  static Optional<DriftSign> of(Evidence evidence) {
    ColumnProfile whole = evidence.reference().whole();
    ColumnProfile current = evidence.current();
    if (!current.isText() || whole.valuesOverflow() || current.valuesOverflow()) {
      return Optional.empty();
    }
    long rows = 0;
    int values = 0;
    for (Map.Entry<String, Long> value : current.values().entrySet()) {
      boolean isNew = !whole.values().containsKey(value.getKey());
      rows += isNew ? value.getValue() : 0;
      values += isNew ? 1 : 0;
    }
    if (rows < FEWEST || rows < LEAST_SHARE * current.present()) {
      return Optional.empty();
    }
    String most =
        current.values().entrySet().stream() // most frequent first
            .filter(value -> !whole.values().containsKey(value.getKey()))
            .limit(NAMED)
            .map(value -> value.getKey() + " (" + value.getValue() + ")")
            .collect(Collectors.joining(", "));
    return Optional.of(
        new DriftSign(
            DriftSignKind.NEW_CATEGORY,
            rows / (double) current.present(),
            "%d of %d values are none of the baseline's: %d new, most often %s"
                .formatted(rows, current.present(), values, most)));
  }
}
