package dev.sluice.cli.letters;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes messages and keeps those that somebody wants. Not thread-safe. */
public final class MessageSelection {
  private final LetterFilter filter;
  private final OurRecords records = new OurRecords();

  /**
   * @param filter which dead letters are wanted; unless it is empty, nothing but dead letters is
   */
  public MessageSelection(LetterFilter filter) {
    this.filter = requireNonNull(filter, "filter is null");
  }

  /** Returns the message, if it is wanted. */
  public Optional<TopicMessage> of(ConsumerRecord<byte[], byte[]> message) {
    TopicMessage decoded = new TopicMessage(message, records.decode(message.value()));
    boolean wanted = filter.isEmpty() || decoded.letter().filter(filter::matches).isPresent();
    return wanted ? Optional.of(decoded) : Optional.empty();
  }
}
