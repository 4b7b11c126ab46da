package dev.sluice.cli.console;

import dev.sluice.cli.letters.Letter;
import dev.sluice.cli.letters.LetterFilter;
import dev.sluice.cli.letters.MessageSelection;
import dev.sluice.cli.letters.ShownBytes;
import dev.sluice.report.console.Changes;
import dev.sluice.report.console.LetterStore;
import dev.sluice.report.console.LetterSummary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Messages of the topic of dead letters → what the console keeps of them. Not thread-safe. */
public final class LetterVisitor implements Consumer<ConsumerRecord<byte[], byte[]>> {
  private final Optional<String> producerHeader;
  private final LetterStore store;
  private final Changes changes;
  private final MessageSelection letters =
      new MessageSelection(new LetterFilter(Set.of(), Set.of(), Set.of(), Map.of()));

  /**
   * @param producerHeader the header that names the producer of a record; empty for none
   */
  public LetterVisitor(Optional<String> producerHeader, LetterStore store, Changes changes) {
    this.producerHeader = producerHeader;
    this.store = store;
    this.changes = changes;
  }

  /**
   * Takes a message.
   *
   * @throws IllegalArgumentException if it is no dead letter
   */
  @Override
  public void accept(ConsumerRecord<byte[], byte[]> message) {
    Letter letter =
        letters
            .of(message)
            .flatMap(decoded -> decoded.letter())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        message.value().length + " bytes that are no dead letter"));
    store.add(summary(letter));
    changes.happened(Changes.Subject.LETTERS);
  }

  private LetterSummary summary(Letter letter) {
    List<GenericRecord> violations = letter.violations();
    return new LetterSummary(
        letter.message().partition(),
        letter.message().offset(),
        letter.message().timestamp(),
        letter.text("kind"),
        letter.reason(),
        letter.text("message"),
        "%s-%d@%d"
            .formatted(letter.text("topic"), letter.number("partition"), letter.number("offset")),
        producer(letter),
        letter.key() == null ? "" : ShownBytes.of(letter.key()),
        violations.stream().limit(LetterSummary.MAX_CAUSES).map(LetterVisitor::cause).toList(),
        violations.stream().skip(LetterSummary.MAX_CAUSES).map(LetterVisitor::violated).toList());
  }

  private static LetterSummary.Violated violated(GenericRecord violation) {
    return new LetterSummary.Violated(
        violation.get("column").toString(), violation.get("reason").toString());
  }

  private static LetterSummary.Cause cause(GenericRecord violation) {
    return new LetterSummary.Cause(
        violation.get("column").toString(),
        violation.get("reason").toString(),
        violation.get("value").toString(),
        violation.get("expectation").toString());
  }

  private String producer(Letter letter) {
    if (producerHeader.isEmpty()) {
      return "";
    }
    String producer = "unknown";
    for (Header header : letter.headers()) { // the last one counts
      if (header.key().equals(producerHeader.get()) && header.value() != null) {
        producer = new String(header.value(), StandardCharsets.UTF_8);
      }
    }
    return producer;
  }
}
