package dev.sluice.cli.letters;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Finds the last messages of a topic that somebody wants, going back from its end as far as it
 * takes: offsets are no count of messages, since transactions leave marks among them.
 */
public final class LastMessages {
  /** The most messages that are asked for by one. */
  public static final int MAX_COUNT = 10_000;

  private static final int LARGEST_STEP = 1 << 20;

  private LastMessages() {}

  /**
   * Returns the last messages in the order of Kafka's timestamps.
   *
   * @param spans where to look, by partition
   * @param count how many at most, 1 to {@value #MAX_COUNT}; as many per partition are held at a
   *     time
   * @param wanted returns the message if it is wanted
   */
  public static List<TopicMessage> of(
      TopicReader reader,
      Map<Integer, Span> spans,
      int count,
      Function<ConsumerRecord<byte[], byte[]>, Optional<TopicMessage>> wanted) {
    List<TopicMessage> last = new ArrayList<>();
    spans.forEach((partition, span) -> last.addAll(of(reader, partition, span, count, wanted)));
    last.sort(
        Comparator.comparingLong((TopicMessage m) -> m.message().timestamp())
            .thenComparingInt(m -> m.message().partition())
            .thenComparingLong(m -> m.message().offset()));
    return last.subList(Math.max(0, last.size() - count), last.size());
  }

  private static Deque<TopicMessage> of(
      TopicReader reader,
      int partition,
      Span span,
      int count,
      Function<ConsumerRecord<byte[], byte[]>, Optional<TopicMessage>> wanted) {
    Deque<TopicMessage> last = new ArrayDeque<>();
    long to = span.to();
    int step = count;
    while (last.size() < count && to > span.from()) {
      long from = Math.max(span.from(), to - step);
      int room = count - last.size();
      List<TopicMessage> found = new ArrayList<>(within(reader, partition, from, to, room, wanted));
      Collections.reverse(found);
      found.forEach(last::addFirst);
      to = from;
      step = Math.min(2 * step, LARGEST_STEP);
    }
    return last;
  }

  private static Deque<TopicMessage> within(
      TopicReader reader,
      int partition,
      long from,
      long to,
      int count,
      Function<ConsumerRecord<byte[], byte[]>, Optional<TopicMessage>> wanted) {
    Deque<TopicMessage> found = new ArrayDeque<>();
    reader.read(
        Map.of(partition, new Span(from, to)),
        message -> {
          wanted.apply(message).ifPresent(found::addLast);
          if (found.size() > count) {
            found.removeFirst();
          }
          return true;
        });
    return found;
  }
}
