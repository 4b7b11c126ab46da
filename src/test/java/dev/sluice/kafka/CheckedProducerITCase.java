package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.EmbeddedKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CheckedProducerITCase {
  private static final int PARTITIONS = 300;
  private static final int EACH = 5;

  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void aMessageThatIsNotTakenFailsWhatFollows() {
    try (Topics topics = Topics.connect(kafka.bootstrapServers())) {
      topics.create(List.of("small"), 1);
    }
    CheckedProducer producer = new CheckedProducer(kafka.bootstrapServers());
    producer.send(message("small", 0, 1));
    producer.flush();
    producer.send(message("small", 0, 2 << 20));

    assertThatThrownBy(producer::flush)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a message for topic small was not taken")
        .hasCauseInstanceOf(RecordTooLargeException.class);
    assertThatThrownBy(() -> producer.send(message("small", 0, 1)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(producer::close).isInstanceOf(IllegalStateException.class);
  }

  /** The broker shows these partitions at once, and goes on making their files. */
  @Test
  void partitionsThatWereJustCreatedTakeAllMessagesInTheirOrder() throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    Map<String, String> alone = Map.of("batch.size", "0");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic("large", PARTITIONS, (short) 1))).all().get();
    }
    try (CheckedProducer producer = new CheckedProducer(kafka.bootstrapServers(), alone)) {
      for (int i = 0; i < EACH * PARTITIONS; i++) {
        sent.add(producer.send(message("large", PARTITIONS - 1 - i / EACH, 1)));
      }
    }
    for (int i = 0; i < sent.size(); i++) {
      assertThat(sent.get(i).get().offset()).isEqualTo(i % EACH);
    }
  }

  private static ProducerRecord<byte[], byte[]> message(String topic, int partition, int bytes) {
    return new ProducerRecord<>(topic, partition, null, new byte[bytes]);
  }
}
