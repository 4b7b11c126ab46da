package dev.sluice.expect;

/**
 * The alternatives of a group, as RE2/J lays them out: what adjacent ones begin with in common is
 * read once before them, so that a choice among those is not in a row with the choice of what they
 * begin with.
 */
final class Alternatives {
  /** Where it is not known what an alternative begins with: it may be like any other. */
  static final int UNKNOWN = 0;

  private int count;

  /** How many there are at most once adjacent ones that begin alike are one. */
  private int runs;

  private int before = UNKNOWN;

  /** How many adjacent ones may begin alike, with what, and how many of the last are not known. */
  private int alike;

  private int alikeIn = UNKNOWN;
  private int unknown;
  private int mostAlike;

  private long longest;
  private long secondLongest;

  /**
   * Begins another one.
   *
   * @param character of ASCII, which it begins with, and with nothing else beside; or {@link
   *     #UNKNOWN}
   */
  void begin(int character) {
    count++;
    if (character == UNKNOWN || character != before) {
      runs++;
    }
    before = character;
    if (character == UNKNOWN) {
      alike++;
      unknown++;
    } else {
      int folded = Character.toLowerCase(character);
      alike = folded == alikeIn ? alike + 1 : unknown + 1;
      alikeIn = folded;
      unknown = 0;
    }
    mostAlike = Math.max(mostAlike, alike);
  }

  /** From here on characters may mean others than before. */
  void changeFlags() {
    before = UNKNOWN;
  }

  /** Ends one of so many instructions. */
  void end(long length) {
    secondLongest = Math.max(secondLongest, Math.min(longest, length));
    longest = Math.max(longest, length);
  }

  /**
   * Returns how many choices there are in a row at most: those of what they begin with, and after a
   * loop those of what goes on after a common begin; never more than there are alternatives.
   */
  long choices() {
    return count < 2 ? 0 : Math.min(count, (long) runs + mostAlike);
  }

  /**
   * Returns how often something in common is taken out of them at most: two have no more in common
   * than the second longest is long, and there is one more for what is left.
   */
  long inCommon() {
    return Math.min(Math.max(0, count - 1), secondLongest + 1);
  }
}
