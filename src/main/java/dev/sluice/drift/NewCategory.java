package dev.sluice.drift;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.Distinct;
import dev.sluice.profile.DriftSign;
import dev.sluice.profile.DriftSignKind;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A window has texts that the whole baseline does not have, in whatever season or segment: in at
 * least {@value #FEWEST} rows, and one in a thousand. Of a window with too many different texts to
 * count each, as many are new, each in a row of its own, as there are more than the baseline has.
 * Where the baseline has too many to count each, there is no such sign.
 */
final class NewCategory {
  private static final long FEWEST = 5;
  private static final double LEAST_SHARE = 0.001;
  private static final int NAMED = 3;

  /** By more standard errors an estimate is too large less often than one in a million. */
  private static final double STANDARD_ERRORS = 5;

  private NewCategory() {}

  static Optional<DriftSign> of(Evidence evidence) {
    ColumnProfile whole = evidence.reference().whole();
    ColumnProfile current = evidence.current();
    if (!current.isText() || whole.valuesOverflow()) {
      return Optional.empty();
    }
    return current.valuesOverflow()
        ? amongTooMany(whole.values().size(), current)
        : counted(whole, current);
  }

  private static Optional<DriftSign> amongTooMany(int known, ColumnProfile current) {
    long different = leastDistinct(current.distinct());
    long rows = different - known;
    if (!isEnough(rows, current)) {
      return Optional.empty();
    }
    return sign(
        rows / (double) current.present(),
        "at least %d different texts, the baseline has %d: at least %d of %d values are none of the"
            + " baseline's",
        different,
        known,
        rows,
        current.present());
  }

  /** Returns how many distinct values there are at least, 0 where nobody knows. */
  private static long leastDistinct(Distinct distinct) {
    return distinct == null
        ? 0
        : (long) (distinct.estimate() * (1 - STANDARD_ERRORS * distinct.relativeError()));
  }

  private static boolean isEnough(long rows, ColumnProfile current) {
    return rows >= FEWEST && rows >= LEAST_SHARE * current.present();
  }

  private static Optional<DriftSign> counted(ColumnProfile whole, ColumnProfile current) {
    long rows = 0;
    int values = 0;
    for (Map.Entry<String, Long> value : current.values().entrySet()) {
      boolean isNew = !whole.values().containsKey(value.getKey());
      rows += isNew ? value.getValue() : 0;
      values += isNew ? 1 : 0;
    }
    if (!isEnough(rows, current)) {
      return Optional.empty();
    }
    String most =
        current.values().entrySet().stream() // most frequent first
            .filter(value -> !whole.values().containsKey(value.getKey()))
            .limit(NAMED)
            .map(value -> value.getKey() + " (" + value.getValue() + ")")
            .collect(Collectors.joining(", "));
    return sign(
        rows / (double) current.present(),
        "%d of %d values are none of the baseline's: %d new, most often %s",
        rows,
        current.present(),
        values,
        most);
  }

  private static Optional<DriftSign> sign(double share, String message, Object... shown) {
    return Optional.of(new DriftSign(DriftSignKind.NEW_CATEGORY, share, message.formatted(shown)));
  }
}
