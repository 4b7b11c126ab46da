package dev.sluice.validate.check;

import dev.sluice.expect.PairSet;
import dev.sluice.record.FeatureRow;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Whether two values are one of a set of pairs: their indexes are, in order, as one number. */
final class PairTest implements RowTest {
  private static final int MISSING = Integer.MAX_VALUE;

  private final Cell first;
  private final Cell second;
  private final Values firsts;
  private final Values seconds;
  private final long[] pairs;

  private PairTest(Cell first, Cell second, Values firsts, Values seconds, long[] pairs) {
    this.first = first;
    this.second = second;
    this.firsts = firsts;
    this.seconds = seconds;
    this.pairs = pairs;
  }

  static PairTest of(PairSet stated, Cell[] cells) {
    Values firsts = values(cells[0], stated, PairSet.Pair::first);
    Values seconds = values(cells[1], stated, PairSet.Pair::second);
    long[] pairs =
        stated.pairs().stream()
            .filter(pair -> has(firsts, pair.first()) && has(seconds, pair.second()))
            .mapToLong(pair -> pair(index(firsts, pair.first()), index(seconds, pair.second())))
            .sorted()
            .toArray();
    return new PairTest(cells[0], cells[1], firsts, seconds, pairs);
  }

  private static Values values(Cell cell, PairSet stated, Function<PairSet.Pair, String> side) {
    List<String> texts = stated.pairs().stream().map(side).filter(Objects::nonNull).toList();
    return Values.of(cell.type(), texts);
  }

  private static boolean has(Values values, String stated) {
    return stated == null || values.indexOf(stated) >= 0;
  }

  private static int index(Values values, String stated) {
    return stated == null ? MISSING : values.indexOf(stated);
  }

  private static long pair(int first, int second) {
    return (long) first << 32 | second;
  }

  @Override
  public boolean meets(FeatureRow row) {
    int one = first.isMissing(row) ? MISSING : firsts.indexOf(row, first.element());
    int other = second.isMissing(row) ? MISSING : seconds.indexOf(row, second.element());
    return one >= 0 && other >= 0 && Arrays.binarySearch(pairs, pair(one, other)) >= 0;
  }
}
