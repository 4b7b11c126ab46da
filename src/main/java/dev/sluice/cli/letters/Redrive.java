package dev.sluice.cli.letters;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.ClientOptions;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Goes through dead letters and picks those to send back. Every pass picks the same ones in the
 * same order: the spans are fixed, and what earlier runs have sent was read before.
 */
public final class Redrive {
  private final TopicReader reader;
  private final Map<Integer, Span> spans;
  private final Choice choice;
  private final SentLetters sent;
  private final OurRecords records = new OurRecords();

  /**
   * Which letters are wanted.
   *
   * @param filter by what the letter says
   * @param offsets by where it lies
   * @param again whether those that an earlier run has sent are wanted, too
   * @param max how many at most, 1 or more
   * @param to the topic they go to, or null for the one that each came from
   */
  public record Choice(
      LetterFilter filter, OffsetChoice offsets, boolean again, long max, String to) {
    public Choice {
      requireNonNull(filter, "filter is null");
      requireNonNull(offsets, "offsets is null");
    }
  }

  /**
   * Reads what earlier runs have sent.
   *
   * @param spans where to look, by partition
   */
  public Redrive(
      ClientOptions options, TopicReader reader, Map<Integer, Span> spans, Choice choice) {
    this.reader = reader;
    this.spans = Map.copyOf(spans);
    this.choice = choice;
    this.sent = SentLetters.read(options, reader.topic(), choice.to(), reader.spans());
  }

  /** Counts the letters that would be sent, and those that would not. */
  public RedriveSummary plan() {
    return pass(letter -> {}, choice.max(), false);
  }

  /**
   * Hands over the letters.
   *
   * @param sender takes each one that is to be sent
   */
  public RedriveSummary show(Consumer<Letter> sender) {
    return pass(sender, choice.max(), false);
  }

  /**
   * Sends the letters in one transaction, with the note that they have been sent.
   *
   * @param planned what {@link #plan} has counted; told if the note has no room for all of it
   * @param sending told of each letter
   * @throws IllegalStateException if it could not be done: then nothing is sent, unless the message
   *     says that the outcome is not known
   */
  public void send(
      RedriveProducer producer, RedriveTarget target, RedriveSummary planned, Runnable sending) {
    producer.begin();
    RedriveSummary done =
        pass(
            letter -> {
              producer.send(target.record(letter));
              sending.run();
            },
            planned.sent(), // and no further: the transaction is open meanwhile
            true);
    if (done.sent() != planned.sent()) {
      throw new IllegalStateException(
          "%s has lost letters meanwhile: %,d are left of %,d; nothing was sent"
              .formatted(reader.topic(), done.sent(), planned.sent()));
    }
    producer.commit(sent.offsets(), sent.group());
    if (!sent.isNotedExactly()) {
      planned.notedRoughly();
    }
  }

  private RedriveSummary pass(Consumer<Letter> sender, long max, boolean note) {
    RedriveSummary summary = new RedriveSummary(choice.to());
    reader.read(
        spans,
        message -> {
          Optional<Letter> letter = pick(message, summary);
          letter.ifPresent(sender);
          if (note) {
            letter.ifPresentOrElse(
                sent::add, () -> sent.pass(message.partition(), message.topic()));
          }
          return summary.sent() < max;
        });
    return summary;
  }

  private Optional<Letter> pick(ConsumerRecord<byte[], byte[]> message, RedriveSummary summary) {
    if (!choice.offsets().contains(message)) {
      return Optional.empty();
    }
    summary.lookedAt();
    Optional<Letter> letter =
        new TopicMessage(message, records.decode(message.value()))
            .letter()
            .filter(Letter::hasTopic);
    if (letter.isEmpty()) {
      summary.noLetter();
      return letter;
    }
    if (!choice.filter().matches(letter.get())) {
      return Optional.empty();
    }
    if (!choice.again() && sent.contains(letter.get())) {
      summary.sentBefore(sent.isExact(letter.get()));
      return Optional.empty();
    }
    if (letter.get().isRecordTruncated()) {
      summary.truncated(letter.get());
      return Optional.empty();
    }
    summary.send(letter.get());
    return letter;
  }
}
