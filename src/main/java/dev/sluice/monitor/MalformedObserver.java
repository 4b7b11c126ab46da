package dev.sluice.monitor;

import dev.sluice.profile.RowCounts;
import dev.sluice.record.DeadLetter;

/**
 * Counts the records that could not be decoded, in the window of Kafka's timestamp: nothing else is
 * known of them, nor do they have a segment.
 */
final class MalformedObserver implements ProfileOperator.Observer<DeadLetter> {
  private final WindowPartials partials;

  MalformedObserver(WindowPartials partials) {
    this.partials = partials;
  }

  @Override
  public void observe(DeadLetter letter) {
    partials.at(letter.source().timestamp(), Segments.ALL).add(RowCounts.malformed(1));
  }
}
