package dev.sluice.cli.letters;

import dev.sluice.cli.inspect.Shown;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Where letters go, and as what: the feature record as it came, with two headers that say so. In
 * its own topic a record goes to its own partition, since not every producer finds partitions as
 * this one does; elsewhere to that of its key.
 */
public final class RedriveTarget {
  /** The header that says which letter the record was: {@code topic:partition:offset}. */
  public static final String REDRIVEN = "sluice-redriven";

  /** The header that says how often the record has been sent back, in decimal digits. */
  public static final String COUNT = "sluice-redriven-count";

  private final String to;
  private final Map<String, Integer> partitions;
  private final boolean keepsTimestamp;

  /**
   * @param to the topic, or null for the one that each letter came from
   * @param partitions the number of partitions of each topic that letters go to
   * @param keepsTimestamp whether records go out with Kafka's timestamp of the feature record,
   *     where it has one; otherwise Kafka sets that of now
   */
  public RedriveTarget(String to, Map<String, Integer> partitions, boolean keepsTimestamp) {
    this.to = to;
    this.keepsTimestamp = keepsTimestamp;
    this.partitions = Map.copyOf(partitions);
  }

  /** Returns the record to send; where it has no timestamp, Kafka sets it. */
  public ProducerRecord<byte[], byte[]> record(Letter letter) {
    String topic = to == null ? letter.text("topic") : to;
    long partition = letter.number("partition");
    boolean stays = topic.equals(letter.text("topic")) && partition < partitions.get(topic);
    return new ProducerRecord<>(
        topic,
        stays ? Integer.valueOf((int) partition) : null,
        timestamp(letter),
        letter.key(),
        letter.value(),
        headers(letter));
  }

  /** Kafka takes no negative one, by which a letter says that its record has none. */
  private Long timestamp(Letter letter) {
    long timestamp = letter.number("kafkaTimestamp");
    return keepsTimestamp && timestamp >= 0 ? Long.valueOf(timestamp) : null;
  }

  /** Returns one line that says what of a letter is sent where. */
  public String describe(Letter letter) {
    ProducerRecord<byte[], byte[]> record = record(letter);
    String value = record.value() == null ? "null value" : record.value().length + " bytes";
    int headers = record.headers().toArray().length;
    return "%s  %s  to %s, key %s, %s, %d headers, redriven %d"
        .formatted(
            letter.place(),
            Shown.text(letter.reason()),
            record.topic() + partition(record),
            ShownBytes.of(record.key()),
            value,
            headers,
            count(letter));
  }

  private static String partition(ProducerRecord<byte[], byte[]> record) {
    if (record.partition() != null) {
      return "-" + record.partition();
    }
    return record.key() == null ? " (any partition)" : " (partition by key)";
  }

  /** Returns how often the record will have been sent back. */
  static long count(Letter letter) {
    long count = 0;
    for (Header header : letter.headers()) {
      if (header.key().equals(COUNT) && header.value() != null) {
        String text = new String(header.value(), StandardCharsets.UTF_8);
        count = text.matches("\\d{1,9}") ? Long.parseLong(text) : count;
      }
    }
    return count + 1;
  }

  private static RecordHeaders headers(Letter letter) {
    RecordHeaders headers = new RecordHeaders();
    for (Header header : letter.headers()) {
      if (!Set.of(REDRIVEN, COUNT).contains(header.key())) {
        headers.add(header);
      }
    }
    String place =
        letter.message().topic()
            + ":"
            + letter.message().partition()
            + ":"
            + letter.message().offset();
    headers.add(REDRIVEN, place.getBytes(StandardCharsets.UTF_8));
    headers.add(COUNT, Long.toString(count(letter)).getBytes(StandardCharsets.UTF_8));
    return headers;
  }
}
