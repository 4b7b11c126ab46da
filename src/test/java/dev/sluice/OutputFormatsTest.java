package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.JobOptions;
import dev.sluice.config.OptionReader;
import dev.sluice.encode.OutputFraming;
import dev.sluice.kafka.registry.RegistryException;
import dev.sluice.kafka.registry.SchemaRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputFormatsTest {
  private final Asked registry = new Asked();
  private int opened;

  /** Answers with ids from 1 in the order of requests, and remembers these. */
  private static final class Asked implements SchemaRegistry {
    private final List<String> requests = new ArrayList<>();
    private final List<String> schemas = new ArrayList<>();
    private String refusal;
    private int closed;

    @Override
    public int register(String subject, String schema) {
      return answer("register " + subject, schema);
    }

    @Override
    public int lookUp(String subject, String schema) {
      return answer("look up " + subject, schema);
    }

    private int answer(String request, String schema) {
      requests.add(request);
      schemas.add(schema);
      if (refusal != null) {
        throw new RegistryException(refusal);
      }
      return requests.size();
    }

    @Override
    public void close() {
      closed++;
    }
  }

  private OutputFramings decide(String... more) {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap-servers", "localhost:1");
    values.put("features.schema", "unused");
    values.put("model.uri", "unused");
    values.put("registry.url", "http://localhost:1");
    values.put("profile.window", "PT1H");
    values.put("topics.predictions", "answers");
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    JobOptions options = OptionReader.read(values);
    return OutputFormats.decide(
        options,
        asked -> {
          assertThat(asked).isSameAs(options.registry());
          opened++;
          return registry;
        });
  }

  private static String[] all(String format, String... more) {
    List<String> options = new ArrayList<>(List.of(more));
    for (String topic :
        List.of("predictions", "dead-letters", "input-profiles", "output-profiles", "alarms")) {
      options.add("formats." + topic);
      options.add(format);
    }
    return options.toArray(String[]::new);
  }

  private static OutputFraming singleObject(String schema) throws IOException {
    return OutputFraming.singleObject(
        new Schema.Parser().parse(new File("schemas/" + schema + ".avsc")));
  }

  @Test
  void plainTopicsAndSingleObjectsNeedNoRegistry() throws IOException {
    assertThat(decide()).isEqualTo(OutputFramings.NONE);
    assertThat(decide(all("single-object")))
        .isEqualTo(
            new OutputFramings(
                singleObject("Prediction"),
                singleObject("DeadLetter"),
                singleObject("DataProfile"),
                singleObject("DataProfile"),
                singleObject("Alarm")));
    assertThat(opened).isZero();
    assertThat(registry.closed).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "topic, answers-value, alarms-value",
    "record, dev.sluice.avro.Prediction, dev.sluice.avro.Alarm",
    "topic-record, answers-dev.sluice.avro.Prediction, alarms-dev.sluice.avro.Alarm",
  })
  void schemasAreRegisteredAsTheyArePublished(String names, String first, String last)
      throws IOException {
    OutputFramings framings = decide(all("confluent", "registry.subjects", names));

    assertThat(registry.requests)
        .hasSize(5)
        .startsWith("register " + first)
        .endsWith("register " + last);
    assertThat(registry.schemas.get(0))
        .isEqualTo(Files.readString(Path.of("schemas/Prediction.avsc")));
    assertThat(framings.predictions()).isEqualTo(OutputFraming.confluent(1));
    assertThat(framings.alarms()).isEqualTo(OutputFraming.confluent(5));
    assertThat(opened).isEqualTo(1);
    assertThat(registry.closed).isEqualTo(1);
  }

  @Test
  void eachTopicHasAFormatOfItsOwn() throws IOException {
    OutputFramings framings =
        decide("formats.alarms", "confluent", "formats.dead-letters", "single-object");

    assertThat(framings.alarms()).isEqualTo(OutputFraming.confluent(1));
    assertThat(framings.deadLetters()).isEqualTo(singleObject("DeadLetter"));
    assertThat(framings.predictions()).isEqualTo(OutputFraming.NONE);
  }

  @Test
  void schemasAreOnlyLookedUpOnRequest() {
    decide("formats.predictions", "confluent", "registry.register", "false");

    assertThat(registry.requests).containsExactly("look up answers-value");
  }

  @Test
  void topicsThatAreNotWrittenHaveNoSchema() {
    decide(all("confluent", "alarms.enabled", "false"));
    assertThat(registry.requests).hasSize(4).noneMatch(request -> request.contains("alarms"));

    registry.requests.clear();
    decide(all("confluent", "profile.enabled", "false"));
    assertThat(registry.requests)
        .containsExactly("register answers-value", "register dead-letters-value");
  }

  @Test
  void aRefusalIsOneLineAndNobodyAsksFurther() {
    registry.refusal = "registry http://localhost:1 refuses the schema: READER_FIELD_MISSING";

    assertThatThrownBy(() -> decide(all("confluent")))
        .isInstanceOf(RegistryException.class)
        .hasMessage(
            "formats.predictions is confluent: registry http://localhost:1 refuses the schema:"
                + " READER_FIELD_MISSING");
    assertThat(registry.requests).hasSize(1);
    assertThat(registry.closed).isEqualTo(1);
  }

  @Test
  void nothingIsRegisteredForAJobWithAnotherProblem() {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap-servers", "localhost:1");
    values.put("features.schema", "schemas/AirQualityReading.avsc");
    values.put("features.event-time.field", "no-such-field");
    values.put("model.uri", "src/main/resources/models/air-quality-mlp");
    values.put("formats.predictions", "confluent");
    values.put("registry.url", "http://localhost:1");

    assertThatThrownBy(() -> JobPlanner.plan(OptionReader.read(values), asked -> registry))
        .hasMessageContaining("no-such-field");
    assertThat(registry.requests).isEmpty();

    values.put("features.event-time.field", "ts");
    JobPlan plan = JobPlanner.plan(OptionReader.read(values), asked -> registry);
    assertThat(registry.requests).hasSize(1);
    assertThat(plan.framings().predictions()).isEqualTo(OutputFraming.confluent(1));
  }
}
