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
 * smallest gaps between them are closed, and what lay there counts as perhaps sent. The note has
 * the last offset that lay in such a gap: {@code about 1199 0-1200,1300}. What comes after it is
 * known for certain.
 */
final class SentLetters {
  /** So many characters fit into the metadata. */
  private static final int MAX_TEXT = 4_000;

  private static final String EXACT = "sent ";
  private static final String COARSE = "about ";

  private ConsumerGroupMetadata group;
  private final Map<TopicPartition, OffsetRanges> sent = new HashMap<>();

  /** The last offset of each partition that it is not known of whether it was sent, if any is. */
  private final Map<TopicPartition, Long> coarse = new HashMap<>();

  /** The first letter of each partition that this run has sent. */
  private final Map<TopicPartition, Long> first = new HashMap<>();

  /** The partitions in whose notes this run has closed gaps. */
  private final Set<TopicPartition> closed = new HashSet<>();

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
        (partition, ranges) -> ranges.dropBefore(spans.get(partition.partition()).from()));
    letters
        .coarse
        .entrySet()
        .removeIf(note -> note.getValue() < spans.get(note.getKey().partition()).from());
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
      if (text.startsWith(EXACT)) {
        sent.put(partition, OffsetRanges.parse(text.substring(EXACT.length())));
      } else {
        parseCoarse(partition, text.substring(COARSE.length()));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "the consumer group %s has offsets of %s that redrive did not write; expected a group of its own, by the option kafka.group-id"
              .formatted(group.groupId(), partition),
          e);
    }
  }

  /** A note without a last offset, as they were once, may have gaps wherever it has ranges. */
  private void parseCoarse(TopicPartition partition, String text) {
    int end = text.indexOf(' ');
    OffsetRanges ranges = OffsetRanges.parse(text.substring(end + 1));
    coarse.put(partition, end < 0 ? ranges.last() : Long.parseLong(text.substring(0, end)));
    sent.put(partition, ranges);
  }

  /** Returns the consumer group that keeps it. */
  ConsumerGroupMetadata group() {
    return group;
  }

  boolean contains(Letter letter) {
    OffsetRanges ranges = sent.get(partition(letter));
    return ranges != null && ranges.contains(letter.message().offset());
  }

  /** Returns whether it is known of a letter whether it was sent. */
  boolean isExact(Letter letter) {
    return letter.message().offset() > coarse.getOrDefault(partition(letter), -1L);
  }

  /**
   * Returns whether what this run has sent is noted, in {@link #offsets}, without taking letters
   * that were not for sent.
   */
  boolean isNotedExactly() {
    return first.entrySet().stream()
        .noneMatch(
            sending ->
                closed.contains(sending.getKey())
                    || coarse.getOrDefault(sending.getKey(), -1L) >= sending.getValue());
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
    first.putIfAbsent(partition, offset);
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
    String text = firstWords(partition) + ranges;
    while (text.length() > MAX_TEXT) {
      long lastInGap =
          ranges.closeSmallestGaps(ranges.size() / 2, coarse.getOrDefault(partition, -1L));
      coarse.merge(partition, lastInGap, Math::max);
      closed.add(partition);
      text = firstWords(partition) + ranges;
    }
    return text;
  }

  private String firstWords(TopicPartition partition) {
    return coarse.containsKey(partition) ? COARSE + coarse.get(partition) + " " : EXACT;
  }

  private static TopicPartition partition(Letter letter) {
    return new TopicPartition(letter.message().topic(), letter.message().partition());
  }
}
