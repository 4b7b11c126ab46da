package dev.sluice.cli.letters;

/**
 * Offsets of a partition that follow each other.
 *
 * @param from the first
 * @param to the one after the last; not less than {@code from}
 */
public record Span(long from, long to) {
  public Span {
    if (to < from) {
      throw new IllegalArgumentException("to is " + to + ", expected at least " + from);
    }
  }

  boolean isEmpty() {
    return from == to;
  }

  /** Returns what lies in this span and in another; an empty span if nothing does. */
  public Span and(Span other) {
    long first = Math.max(from, other.from);
    return new Span(first, Math.max(first, Math.min(to, other.to)));
  }
}
