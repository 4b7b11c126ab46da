package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.kafka.TopicException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A compacted topic takes no message without a key: what becomes of records that have none. */
class CompactedTopicsITCase {
  @RegisterExtension static final Servers SERVERS = new Servers();

  @TempDir static Path directory;

  private static void policy(String topic, String policy) throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", (Object) SERVERS.kafka().bootstrapServers()))) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, topic),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"compact", "compact,delete"})
  void recordsWithoutAKeyAreDeadLettersWherePredictionsAreCompacted(String policy)
      throws Exception {
    String name = "compacted-" + policy.length();
    JobRun run =
        Notes.run(SERVERS, directory, name, 1)
            .option("features.tombstones", "pass")
            .option("batch.max-rows", "2");
    policy(run.topic("predictions"), policy);
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      for (byte[] key : new byte[][] {null, Readings.key("k"), {}}) {
        producer.send(run.feature(0, key, Notes.bytes(1, "note")));
        producer.send(run.feature(0, key, null));
      }
      producer.send(run.feature(0, null, new byte[] {1}));
    }

    run.execute();

    Books books = new Books(run);
    assertThat(books.count("PREDICTED")).isEqualTo(2);
    assertThat(books.passed()).isEqualTo(2);
    assertThat(books.reason("NO_KEY")).as("a record and a tombstone").isEqualTo(2);
    assertThat(books.count("MALFORMED")).isEqualTo(1);
    assertThat(run.deadLetters())
        .filteredOn(letter -> letter.get("reason").toString().equals("NO_KEY"))
        .allMatch(letter -> letter.get("kind").toString().equals("FAILED"))
        .extracting(letter -> letter.get("offset"))
        .containsExactlyInAnyOrder(0L, 1L);
    assertThat(run.outputProfiles())
        .filteredOn(profile -> ((List<?>) profile.get("columns")).isEmpty())
        .singleElement()
        .satisfies(summary -> assertThat(summary.get("failedRecords")).isEqualTo(1L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"compact", "delete,compact"})
  void compactedDeadLettersAreRefusedAtTheStart(String policy) throws Exception {
    JobRun run = Notes.run(SERVERS, directory, "compacted-letters-" + policy.length(), 1);
    String letters = run.topic("dead-letters");
    policy(letters, policy);
    assertThatThrownBy(run::execute)
        .isInstanceOf(TopicException.class)
        .hasMessage(
            "topics.dead-letters: topic "
                + letters
                + " is compacted (cleanup.policy), expected cleanup.policy=delete: a compacted"
                + " topic takes no message without a key, and keeps one letter per key");
  }
}
