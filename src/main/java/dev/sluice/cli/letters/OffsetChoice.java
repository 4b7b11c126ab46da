package dev.sluice.cli.letters;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Messages chosen by partition and offset: {@code 0:17,20-25,1:3-}. */
public final class OffsetChoice {
  private static final String EXPECTED =
      "expected PARTITION:OFFSET, several by commas, ranges upwards, as in 0:17,20-25,1:3-";

  private final String option;
  private final Map<Integer, OffsetRanges> ranges = new TreeMap<>();

  /**
   * Reads a choice; none chooses every message.
   *
   * @param option names in a message who asks for it
   * @throws IllegalArgumentException if a text is no choice
   */
  public OffsetChoice(String option, List<String> texts) {
    this.option = option;
    for (String text : texts) {
      try {
        parse(text);
      } catch (IllegalArgumentException e) { // the message below says it all
        throw new IllegalArgumentException(option + " is " + text + ", " + EXPECTED);
      }
    }
  }

  private void parse(String text) {
    OffsetRanges current = null;
    for (String part : text.split(",", -1)) {
      String offsets = part.strip();
      int colon = offsets.indexOf(':');
      if (colon >= 0) {
        int partition = Integer.parseUnsignedInt(offsets.substring(0, colon));
        current = ranges.computeIfAbsent(partition, key -> new OffsetRanges());
        offsets = offsets.substring(colon + 1);
      } else if (current == null) {
        throw new IllegalArgumentException("no partition");
      }
      current.addParsed(offsets);
    }
  }

  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /**
   * Returns what of spans is chosen.
   *
   * @param all what the topic has
   * @throws IllegalArgumentException if it does not have a partition, or the first offset chosen
   */
  public Map<Integer, Span> within(Map<Integer, Span> spans, Map<Integer, Span> all) {
    if (isEmpty()) {
      return spans;
    }
    Map<Integer, Span> chosen = new TreeMap<>();
    ranges.forEach(
        (partition, offsets) -> {
          Span has = all.get(partition);
          if (has == null) {
            throw new IllegalArgumentException(
                option + " names partition " + partition + ", expected 0 to " + (all.size() - 1));
          }
          long last = offsets.last() == Long.MAX_VALUE - 1 ? offsets.first() : offsets.last();
          if (offsets.first() < has.from() || last >= has.to()) {
            throw new IllegalArgumentException(
                option
                    + " names "
                    + partition
                    + ":"
                    + offsets
                    + ", expected offsets from "
                    + has.from()
                    + " to less than "
                    + has.to());
          }
          chosen.put(
              partition, spans.get(partition).and(new Span(offsets.first(), offsets.last() + 1)));
        });
    return chosen;
  }

  boolean contains(ConsumerRecord<byte[], byte[]> message) {
    OffsetRanges offsets = ranges.get(message.partition());
    return isEmpty() || offsets != null && offsets.contains(message.offset());
  }
}
