package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.OutputFramings;
import dev.sluice.kafka.registry.RegistryException;
import java.io.File;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The topics that the job writes, in other formats than plain Avro, as foreign consumers see them.
 */
class FramedTopicsITCase {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final List<String> OUTPUTS =
      List.of("predictions", "dead-letters", "input-profiles", "output-profiles", "alarms");
  private static final int VALID = 240;
  private static final int REJECTED = 150;

  private RegistryServer registry;

  @BeforeEach
  void startRegistry() throws Exception {
    registry = RegistryServer.start();
  }

  @AfterEach
  void stopRegistry() {
    registry.close();
  }

  private JobRun run(String name, String format) {
    JobRun run =
        new JobRun("framed-" + name, SERVERS.kafka().bootstrapServers(), SERVERS.flink(), 2)
            .option("features.schema", "schemas/AirQualityReading.avsc")
            .option("features.event-time.field", "ts")
            .option("model.uri", "src/main/resources/models/air-quality-mlp")
            .option("profile.window", "P1D")
            .option("validation.reject-share.max", "0.2")
            .registry(registry.url());
    OUTPUTS.forEach(topic -> run.option("formats." + topic, format));
    return run;
  }

  /** Produces ten days in the order of time, one of them with many readings that are rejected. */
  private static void produce(JobRun run) {
    GenericData.Record broken = Readings.valid(30);
    broken.put("PRES", -9999f);
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      for (int i = 0; i < VALID; i++) {
        producer.send(run.feature(i % 2, Readings.key("k" + i), Readings.bytes(Readings.valid(i))));
        for (int n = 0; i == 30 && n < REJECTED; n++) {
          producer.send(run.feature(n % 2, null, Readings.bytes(broken)));
        }
      }
    }
  }

  private static void assertRead(JobRun run) throws Exception {
    Books books = new Books(run);
    books.assertBalanced(VALID + REJECTED);
    assertThat(books.count("PREDICTED")).isEqualTo(VALID);
    assertThat(books.reason("OUT_OF_RANGE")).isEqualTo(REJECTED);
    assertThat(run.inputProfiles()).isNotEmpty();
    assertThat(run.outputProfiles()).isNotEmpty();
    assertThat(run.alarms())
        .extracting(alarm -> alarm.get("kind").toString())
        .contains("REJECT_SHARE");
  }

  /** Returns the first bytes that the values of a topic have, each once, as texts. */
  private static Set<String> prefixes(JobRun run, String topic, int length) {
    Set<String> prefixes = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> message : run.messages(run.topic(topic))) {
      prefixes.add(Arrays.toString(Arrays.copyOf(message.value(), length)));
    }
    return prefixes;
  }

  @Test
  void everyTopicIsReadByTheFingerprint() throws Exception {
    JobRun run = run("single", "single-object");
    produce(run);

    run.execute();

    assertRead(run);
    for (String topic : OUTPUTS) {
      assertThat(prefixes(run, topic, 10)).as(topic).hasSize(1);
      assertThat(prefixes(run, topic, 2)).as(topic).containsExactly("[-61, 1]");
    }
    assertThat(registry.subjects()).isEmpty();
  }

  @Test
  void everyTopicIsReadByTheIdOfItsRegisteredSchema() throws Exception {
    JobRun run = run("confluent", "confluent");
    produce(run);

    run.execute();

    assertRead(run);
    assertThat(registry.subjects())
        .containsExactlyElementsOf(OUTPUTS.stream().map(t -> run.topic(t) + "-value").toList());
    assertThat(prefixes(run, "predictions", 5)).containsExactly("[0, 0, 0, 0, 1]");
    assertThat(prefixes(run, "output-profiles", 5))
        .as("one schema has one id under both subjects")
        .isEqualTo(prefixes(run, "input-profiles", 5))
        .containsExactly("[0, 0, 0, 0, 3]");
    assertThat(new HttpRegistry(registry.url()).schema(4))
        .isEqualTo(new Schema.Parser().parse(new File("schemas/Alarm.avsc")));
  }

  @ParameterizedTest
  @CsvSource({
    "true, 409 Schema being registered is incompatible",
    "false, 404 Schema not found",
  })
  void aSchemaThatIsRefusedStartsNoJob(String register, String reason) {
    JobRun run = run("refused-" + register, "confluent").option("registry.register", register);
    registry.put(
        run.topic("predictions") + "-value",
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"Prediction\",\"namespace\":\"dev.sluice.avro\","
                    + "\"fields\":[{\"name\":\"topic\",\"type\":\"int\"}]}"));

    assertThatThrownBy(run::execute)
        .isInstanceOf(RegistryException.class)
        .hasMessage(
            "formats.predictions is confluent: registry %s, subject %s-value: %s"
                .formatted(registry.url(), run.topic("predictions"), reason));
    assertThat(run.messages(run.topic("predictions"))).isEmpty();
    assertThat(registry.subjects()).hasSize(1);
  }

  @Test
  void whatSomebodyElseHasRegisteredIsFound() throws Exception {
    JobRun run = run("theirs", "confluent");
    OutputFramings registered = run.plan().framings();
    List<String> subjects = registry.subjects();

    run.option("registry.register", "false");

    assertThat(run.plan().framings()).isEqualTo(registered);
    assertThat(registry.subjects()).isEqualTo(subjects).hasSize(5);
  }
}
