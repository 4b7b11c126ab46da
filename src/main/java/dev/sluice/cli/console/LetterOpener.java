package dev.sluice.cli.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.letters.LetterFilter;
import dev.sluice.cli.letters.MessageJson;
import dev.sluice.cli.letters.MessageSelection;
import dev.sluice.cli.letters.PlainAvro;
import dev.sluice.cli.letters.TopicReader;
import dev.sluice.config.KafkaOptions;
import dev.sluice.report.console.LetterSource;
import dev.sluice.report.console.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads one dead letter from its topic, where it lies whole. One at a time: a consumer is opened
 * for each, and closed.
 */
public final class LetterOpener implements LetterSource {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaOptions kafka;
  private final String topic;
  private final MessageJson format;
  private final MessageSelection letters =
      new MessageSelection(new LetterFilter(Set.of(), Set.of(), Set.of(), Map.of()));
  private final JsonMapper mapper = new JsonMapper();

  /**
   * @param schema what the original records were written with; empty if nobody knows
   */
  public LetterOpener(KafkaOptions kafka, String topic, Optional<Schema> schema) {
    this.kafka = kafka;
    this.topic = topic;
    this.format = new MessageJson(schema.map(PlainAvro::new));
  }

  /**
   * Writes the letter as {@link MessageJson} does, with {@code originalText}, the original record
   * as indented JSON: a browser's numbers would not hold all of a 64-bit integer.
   */
  @Override
  public synchronized void open(int partition, long offset, OutputStream out) throws IOException {
    ConsumerRecord<byte[], byte[]> message = read(partition, offset);
    ObjectNode letter = (ObjectNode) mapper.readTree(format.of(letters.of(message).orElseThrow()));
    JsonNode original = letter.remove("original");
    if (original != null) {
      letter.put(
          "originalText", mapper.writerWithDefaultPrettyPrinter().writeValueAsString(original));
    }
    out.write(mapper.writeValueAsBytes(letter));
  }

  private ConsumerRecord<byte[], byte[]> read(int partition, long offset) {
    TopicPartition place = new TopicPartition(topic, partition);
    KafkaConsumer<byte[], byte[]> consumer = TopicReader.consumer(kafka, null);
    try {
      long begin = consumer.beginningOffsets(List.of(place), PATIENCE).get(place);
      long end = consumer.endOffsets(List.of(place), PATIENCE).get(place);
      if (offset >= begin && offset < end) {
        consumer.assign(List.of(place));
        consumer.seek(place, offset);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(place, PATIENCE) <= offset) {
          for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
            if (message.offset() == offset) {
              return message;
            }
          }
          if (System.nanoTime() > deadline) {
            throw new TimeoutException("the message did not come");
          }
        }
      }
      throw new Refusal(
          404,
          "dead letter %s-%d@%d".formatted(topic, partition, offset),
          "not there any more",
          "an offset from %d to %d that has a message".formatted(begin, end - 1));
    } catch (TimeoutException e) {
      throw new Refusal(
          503,
          "the broker of " + kafka.bootstrapServers(),
          "silent for " + PATIENCE.toSeconds() + " s",
          "an answer; the page says when it is back");
    } catch (KafkaException e) {
      throw new Refusal(502, "the broker's answer", String.valueOf(e.getMessage()), "the message");
    } finally {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
  }
}
