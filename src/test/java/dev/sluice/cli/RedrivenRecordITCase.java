package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.InferenceJob;
import dev.sluice.JobPlanner;
import dev.sluice.SchemaFile;
import dev.sluice.config.OptionReader;
import dev.sluice.kafka.CheckedProducer;
import dev.sluice.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** A record that the real job rejects, is sent back, and is rejected once more. */
class RedrivenRecordITCase {
  private static final Schema SCHEMA = SchemaFile.read("test", "schemas/AirQualityReading.avsc");

  @Test
  void aRecordThatIsStillBadIsALetterAgainThatCounts() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        EmbeddedFlink flink = EmbeddedFlink.start(1, new Configuration())) {
      String brokers = kafka.bootstrapServers();
      try (Topics topics = Topics.connect(brokers)) {
        topics.create(List.of("features", "predictions", "dead-letters"), 1);
      }
      produce(brokers);
      runJob(brokers, flink);

      CommandLineRun first =
          CommandLineRun.of("tail", "--bootstrap-servers", brokers, "--column", "PRES");
      assertThat(first.out())
          .contains("REJECTED OUT_OF_RANGE\n", "  violation PRES is -9999.0, expected range [")
          .contains("  header    producer = gateway-7\n")
          .doesNotContain("sluice-redriven");
      assertThat(CommandLineRun.of("redrive", "--bootstrap-servers", brokers, "--all").out())
          .contains("sent 1 of 1 messages looked at, to features");
      runJob(brokers, flink);

      CommandLineRun again =
          CommandLineRun.of(
              "tail",
              "--bootstrap-servers",
              brokers,
              "--producer",
              "sluice-redriven-count=1",
              "--schema",
              "schemas/AirQualityReading.avsc");
      assertThat(again.out())
          .contains("  record    features-0@1, ")
          .contains("  header    producer = gateway-7\n")
          .contains("  header    sluice-redriven = dead-letters:0:0\n")
          .contains("\"station\":\"Dongsi\"", "\"PRES\":-9999.0");
      assertThat(
              CommandLineRun.of(
                      "redrive",
                      "--bootstrap-servers",
                      brokers,
                      "--producer",
                      "sluice-redriven-count=1",
                      "--dry-run")
                  .out())
          .contains("to features-0, ", "redriven 2\n");
    }
  }

  private static void produce(String brokers) {
    GenericData.Record reading = new GenericData.Record(SCHEMA);
    reading.put("ts", 1_400_000_000_000L);
    reading.put("station", "Dongsi");
    for (String field : List.of("SO2", "NO2", "CO", "O3", "DEWP", "PM10")) {
      reading.put(field, 10f);
    }
    reading.put("TEMP", 5f);
    reading.put("PRES", -9999f);
    reading.put("RAIN", 0f);
    reading.put("wd", "NNW");
    reading.put("WSPM", 1f);
    reading.put("hour", 3L);
    try (CheckedProducer producer = new CheckedProducer(brokers)) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>("features", new RecordFormat(SCHEMA).encode(reading));
      record.headers().add("producer", "gateway-7".getBytes(StandardCharsets.UTF_8));
      producer.send(record);
    }
  }

  /** Runs the job over all that the topic has, from its beginning. */
  private static void runJob(String brokers, EmbeddedFlink flink) throws Exception {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", brokers);
    options.put("features.schema", "schemas/AirQualityReading.avsc");
    options.put("features.event-time.field", "ts");
    options.put("model.uri", "src/main/resources/models/air-quality-mlp");
    options.put("model.ship", "false");
    options.put("profile.enabled", "false");
    options.put("source.start", "earliest");
    options.put("source.bounded", "true");
    StreamExecutionEnvironment env = flink.environment();
    env.setParallelism(1);
    InferenceJob.attach(env, JobPlanner.plan(OptionReader.read(options)));
    env.execute("redriven");
  }
}
