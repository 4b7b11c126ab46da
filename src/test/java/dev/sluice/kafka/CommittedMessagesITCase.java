package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.EmbeddedKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CommittedMessagesITCase {
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static CheckedProducer begin(String topic) {
    try (Topics topics = Topics.connect(kafka.bootstrapServers())) {
      topics.create(List.of(topic), 2);
    }
    CheckedProducer producer =
        new CheckedProducer(kafka.bootstrapServers(), Map.of("transactional.id", topic));
    producer.initTransactions();
    producer.beginTransaction();
    return producer;
  }

  /** Sends one message to each partition. */
  private static void send(CheckedProducer producer, String topic, int value) {
    for (int partition = 0; partition < 2; partition++) {
      producer.send(new ProducerRecord<>(topic, partition, null, new byte[] {(byte) value}));
    }
    producer.flush();
  }

  private static List<String> read(String topic) {
    return CommittedMessages.all(kafka.bootstrapServers(), topic).stream()
        .map(message -> message.partition() + ": " + message.value()[0])
        .toList();
  }

  @Test
  void whatIsCommittedMeanwhileIsReadAndWhatIsAbortedIsNot() throws Exception {
    try (CheckedProducer producer = begin("ending")) {
      send(producer, "ending", 1);
      producer.abortTransaction();
      producer.beginTransaction();
      send(producer, "ending", 2);
      CompletableFuture<List<String>> reading = CompletableFuture.supplyAsync(() -> read("ending"));
      TimeUnit.SECONDS.sleep(1); // the reader finds an open transaction
      assertThat(reading).isNotDone();
      producer.commitTransaction();
      assertThat(reading.get(30, TimeUnit.SECONDS)).containsExactly("0: 2", "1: 2");
    }
  }

  @Test
  void aTransactionThatStaysOpenFails() {
    try (CheckedProducer producer = begin("open")) {
      send(producer, "open", 1);
      assertThatThrownBy(
              () ->
                  CommittedMessages.each(
                      kafka.bootstrapServers(), "open", Duration.ofSeconds(2), message -> {}))
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("a transaction is open for PT2S: 2 offsets are left up to ");
    }
  }
}
