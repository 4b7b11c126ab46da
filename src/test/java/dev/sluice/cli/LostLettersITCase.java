package dev.sluice.cli;

import static dev.sluice.cli.LetterTopic.bytes;
import static dev.sluice.cli.LetterTopic.malformed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.letters.LetterFilter;
import dev.sluice.cli.letters.OffsetChoice;
import dev.sluice.cli.letters.Redrive;
import dev.sluice.cli.letters.RedriveProducer;
import dev.sluice.cli.letters.RedriveSummary;
import dev.sluice.cli.letters.RedriveTarget;
import dev.sluice.cli.letters.TopicReader;
import dev.sluice.config.ClientOptions;
import dev.sluice.config.OptionReader;
import dev.sluice.record.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Letters that their topic's retention deletes after they were counted. */
class LostLettersITCase {
  @Test
  void nothingIsSentWhereLettersAreGoneMeanwhile() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      String brokers = kafka.bootstrapServers();
      LetterTopic topic = new LetterTopic(brokers, "lost", 1);
      for (int i = 0; i < 3; i++) {
        topic.write(0, malformed(topic.record(i, bytes("value " + i)), Reason.UNDECODABLE));
      }
      ClientOptions options =
          OptionReader.client(
              null, List.of("kafka.bootstrap-servers=" + brokers, "kafka.group-id=lost"), "--set");
      try (TopicReader reader = TopicReader.open(options, topic.letters());
          RedriveProducer producer = RedriveProducer.open(options, topic.letters())) {
        Redrive redrive = new Redrive(options, reader, reader.spans(), all());
        RedriveSummary planned = redrive.plan();
        assertThat(planned.sent()).isEqualTo(3);
        deleteBefore(brokers, new TopicPartition(topic.letters(), 0), 2);
        RedriveTarget target = new RedriveTarget(null, Map.of(topic.features(), 1), false);
        assertThatThrownBy(() -> redrive.send(producer, target, planned, () -> {}))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(
                "lost-dead-letters has lost letters meanwhile: 1 are left of 3; nothing was sent");
      }
      assertThat(topic.read(topic.features())).isEmpty();
      assertThat(topic.run("redrive", "--all").out())
          .as("what is left is not noted as sent")
          .contains("sent 1 of 1 messages looked at");
      assertThat(topic.read(topic.features())).hasSize(1);
    }
  }

  private static Redrive.Choice all() {
    return new Redrive.Choice(
        new LetterFilter(Set.of(), Set.of(), Set.of(), Map.of()),
        new OffsetChoice("--offsets", List.of()),
        false,
        Long.MAX_VALUE,
        null);
  }

  private static void deleteBefore(String brokers, TopicPartition partition, long offset)
      throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", brokers))) {
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset))).all().get();
    }
  }
}
