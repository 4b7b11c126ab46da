package dev.sluice.cli.letters;

import dev.sluice.config.ClientOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Which letters have been sent, so that no second run sends them again unasked. It is kept where
 * the broker can commit it in one transaction with the sending: as the offsets of a consumer group
 * that nobody is a member of, whose metadata lists the ranges of what was sent.
 *
 * <p>The broker takes little metadata (4 KiB by default). Where the ranges become too many, the
 * smallest gaps between them are closed, and what lay there counts as perhaps sent.
 */
final class SentLetters {
  /** So many characters fit into the metadata, with its first word. */
  private static final int MAX_TEXT = 4_000;

  private static final String EXACT = "sent ";
  private static final String COARSE = "about ";

  private ConsumerGroupMetadata group;
  private final Map<TopicPartition, OffsetRanges> sent = new HashMap<>();
  private final Set<TopicPartition> coarse = new HashSet<>();

  /** The last letter looked at of each partition, as long as it was one that is sent. */
  private final Map<TopicPartition, Long> last = new HashMap<>();

  private SentLetters() {}

  /**
   * Reads what earlier runs have sent.
   *
   * @param to where the letters go, or null for where they came from: what was sent elsewhere is
   *     kept apart
   * @param spans what the topic of dead letters has; what it has no longer is forgotten
   */
  static SentLetters read(
      ClientOptions options, String topic, String to, Map<Integer, Span> spans) {
    SentLetters letters = new SentLetters();
    String group = options.kafka().groupId() + "-redrive" + (to == null ? "" : "-" + to);
    Set<TopicPartition> partitions =
        spans.keySet().stream()
            .map(partition -> new TopicPartition(topic, partition))
            .collect(Collectors.toSet());
    try (KafkaConsumer<byte[], byte[]> consumer = TopicReader.consumer(options.kafka(), group)) {
      letters.group = consumer.groupMetadata();
      consumer.committed(partitions).forEach(letters::parse);
    }
    letters.sent.forEach(
        (partition, ranges) -> {
          ranges.dropBefore(spans.get(partition.partition()).from());
          if (ranges.isEmpty()) {
            letters.coarse.remove(partition);
          }
        });
    return letters;
  }

  private void parse(TopicPartition partition, OffsetAndMetadata note) {
    if (note == null) {
      return;
    }
    String text = note.metadata();
    try {
      if (!text.startsWith(EXACT) && !text.startsWith(COARSE)) {
        throw new IllegalArgumentException("it begins with another word");
      }
      if (text.startsWith(COARSE)) {
        coarse.add(partition);
      }
      sent.put(partition, OffsetRanges.parse(text.substring(text.indexOf(' ') + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "the consumer group %s has offsets of %s that redrive did not write; expected a group of its own, by the option kafka.group-id"
              .formatted(group.groupId(), partition),
          e);
    }
  }

  /** Returns the consumer group that keeps it. */
  ConsumerGroupMetadata group() {
    return group;
  }

  boolean contains(Letter letter) {
    OffsetRanges ranges = sent.get(partition(letter));
    return ranges != null && ranges.contains(letter.message().offset());
  }

  /** Returns whether it is known of each letter of a letter's partition whether it was sent. */
  boolean isExact(Letter letter) {
    return !coarse.contains(partition(letter));
  }

  /** Returns whether it is known of each letter whether it was sent. */
  boolean isExact() {
    return coarse.isEmpty();
  }

  /**
   * Takes note of a letter that is sent. Letters come in the order of their offsets; those that
   * follow each other are one range, whatever marks of transactions lie between them.
   */
  void add(Letter letter) {
    TopicPartition partition = partition(letter);
    long offset = letter.message().offset();
    sent.computeIfAbsent(partition, key -> new OffsetRanges())
        .add(last.getOrDefault(partition, offset), offset);
    last.put(partition, offset);
  }

  /** Takes note of a message that is not sent: it ends a range. */
  void pass(int partition, String topic) {
    last.remove(new TopicPartition(topic, partition));
  }

  /** Returns what is to be committed with the sending. */
  Map<TopicPartition, OffsetAndMetadata> offsets() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    sent.forEach(
        (partition, ranges) -> {
          if (!ranges.isEmpty()) {
            offsets.put(partition, new OffsetAndMetadata(ranges.last() + 1, text(partition)));
          }
        });
    return offsets;
  }

  private String text(TopicPartition partition) {
    OffsetRanges ranges = sent.get(partition);
    String text = ranges.toString();
    while (text.length() > MAX_TEXT - COARSE.length()) {
      coarse.add(partition);
      ranges.closeSmallestGaps(ranges.size() / 2);
      text = ranges.toString();
    }
    return (coarse.contains(partition) ? COARSE : EXACT) + text;
  }

  private static TopicPartition partition(Letter letter) {
    return new TopicPartition(letter.message().topic(), letter.message().partition());
  }
}
