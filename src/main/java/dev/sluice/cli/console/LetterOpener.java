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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads one dead letter from its topic, where it lies whole. A consumer is opened for each, and
 * closed. Who asks waits {@link #PATIENCE} at most; {@value #AT_A_TIME} are read at a time, others
 * are refused after {@link #TURN}, so that a broker that is silent holds up nobody else.
 */
public final class LetterOpener implements LetterSource {
  static final Duration PATIENCE = Duration.ofSeconds(10);
  static final Duration TURN = Duration.ofSeconds(1);
  static final int AT_A_TIME = 2;
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaOptions kafka;
  private final String topic;
  private final MessageJson format;
  private final BooleanSupplier away;
  private final Semaphore turns = new Semaphore(AT_A_TIME);
  private final MessageSelection letters =
      new MessageSelection(new LetterFilter(Set.of(), Set.of(), Set.of(), Map.of()));
  private final JsonMapper mapper = new JsonMapper();

  /**
   * @param schema what the original records were written with; empty if nobody knows
   * @param away whether no broker is known to answer: then none is asked
   */
  public LetterOpener(
      KafkaOptions kafka, String topic, Optional<Schema> schema, BooleanSupplier away) {
    this.kafka = kafka;
    this.topic = topic;
    this.format = new MessageJson(schema.map(PlainAvro::new));
    this.away = away;
  }

  /**
   * Writes the letter as {@link MessageJson} does, with {@code originalText}, the original record
   * as indented JSON: a browser's numbers would not hold all of a 64-bit integer.
   */
  @Override
  public void open(int partition, long offset, OutputStream out) throws IOException {
    if (away.getAsBoolean()) {
      throw silent("not reachable");
    }
    write(readInTurn(partition, offset), out);
  }

  /** Writes a letter of any size: it is not read as JSON again, which is bounded. */
  void write(ConsumerRecord<byte[], byte[]> message, OutputStream out) throws IOException {
    ObjectNode letter = object(message);
    JsonNode original = letter.remove("original");
    if (original != null) {
      letter.put(
          "originalText", mapper.writerWithDefaultPrettyPrinter().writeValueAsString(original));
    }
    out.write(mapper.writeValueAsBytes(letter));
  }

  /** Decoders are used by one thread at a time; they wait for nothing. */
  private synchronized ObjectNode object(ConsumerRecord<byte[], byte[]> message) {
    return format.object(letters.of(message).orElseThrow());
  }

  private ConsumerRecord<byte[], byte[]> readInTurn(int partition, long offset) {
    boolean mine = false;
    try {
      mine = turns.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server closes
    }
    if (!mine) {
      throw new Refusal(
          503, "the reader of dead letters", "busy with others", "its turn; try again");
    }
    try {
      return read(new TopicPartition(topic, partition), offset);
    } finally {
      turns.release();
    }
  }

  private ConsumerRecord<byte[], byte[]> read(TopicPartition place, long offset) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    KafkaConsumer<byte[], byte[]> consumer = TopicReader.consumer(kafka, null);
    try {
      List<PartitionInfo> there = consumer.partitionsFor(topic, left(deadline));
      if (there == null || there.stream().noneMatch(p -> p.partition() == place.partition())) {
        throw missing(place, offset, "a partition that the topic has");
      }
      long begin = consumer.beginningOffsets(List.of(place), left(deadline)).get(place);
      long end = consumer.endOffsets(List.of(place), left(deadline)).get(place);
      if (offset >= begin && offset < end) {
        consumer.assign(List.of(place));
        consumer.seek(place, offset);
        while (consumer.position(place, left(deadline)) <= offset) {
          for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
            if (message.offset() == offset) {
              return message;
            }
          }
        }
      }
      throw missing(
          place, offset, "an offset from %d to %d that has a message".formatted(begin, end - 1));
    } catch (TimeoutException e) {
      throw silent("silent for " + PATIENCE.toSeconds() + " s");
    } catch (KafkaException e) {
      throw new Refusal(502, "the broker's answer", String.valueOf(e.getMessage()), "the message");
    } finally {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
  }

  private static Duration left(long deadline) {
    long nanos = deadline - System.nanoTime();
    if (nanos <= 0) {
      throw new TimeoutException("the message did not come");
    }
    return Duration.ofNanos(nanos);
  }

  private Refusal silent(String got) {
    return new Refusal(
        503,
        "the broker of " + kafka.bootstrapServers(),
        got,
        "an answer; the page says when it is back");
  }

  private static Refusal missing(TopicPartition place, long offset, String expected) {
    return new Refusal(404, "dead letter %s@%d".formatted(place, offset), "not there", expected);
  }
}
