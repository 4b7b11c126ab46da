package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.OptionException;
import dev.sluice.config.OptionReader;
import dev.sluice.config.ValidationOptions;
import dev.sluice.decode.WriterSchemas;
import dev.sluice.model.verify.Findings;
import dev.sluice.profile.DataProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is wrong with a file elsewhere is said of it, and not of its copy, which is gone by then.
 */
class RemoteFilesTest {
  private static final String COPY = "sluice-fetched";

  @TempDir Path directory;
  private final Map<String, String> options = new HashMap<>();

  @BeforeEach
  void setOptions() {
    options.put("kafka.bootstrap-servers", "localhost:1");
    options.put("features.schema", "classpath:schemas/AirQualityReading.avsc");
    options.put("features.event-time.field", "ts");
    options.put("model.uri", "src/main/resources/models/air-quality-mlp");
  }

  private String elsewhere(String name, String text) throws IOException {
    return "elsewhere:" + Files.writeString(directory.resolve(name), text);
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(() -> JobPlanner.plan(OptionReader.read(options)))
        .isInstanceOfSatisfying(
            OptionException.class,
            e ->
                assertThat(e.problems())
                    .anySatisfy(line -> assertThat(line).contains(parts))
                    .allSatisfy(line -> assertThat(line).doesNotContain(COPY)));
  }

  @Test
  void aProfile() throws IOException {
    options.put("validation.profile", elsewhere("profile.json", "[]"));
    assertRefused(options.get("validation.profile"));
  }

  @Test
  void aSuite() throws IOException {
    options.put("validation.suite", elsewhere("suite.json", "[]"));
    assertRefused(options.get("validation.suite"));

    Configuration directoryForFile = new Configuration();
    String location = "elsewhere:" + Files.createDirectory(directory.resolve("suites"));
    directoryForFile.setString("validation.suite", location);
    Findings findings = new Findings();
    SuiteFold.into(
        DataProfile.empty(),
        ValidationOptions.from(directoryForFile).suite(),
        Schema.createRecord("R", null, null, false, List.of()),
        findings);
    assertThat(findings.problems())
        .singleElement()
        .asString()
        .startsWith("validation.suite: cannot read " + location + ": ")
        .doesNotContain(COPY);
  }

  @Test
  void schemas() throws IOException {
    options.put("features.format", "single-object");
    options.put("features.schemas", elsewhere("one.avsc", "{"));
    assertRefused("features.schemas: " + options.get("features.schemas") + " is no Avro schema");

    String inside = "elsewhere:" + directory;
    options.put("features.schemas", inside);
    assertRefused("features.schemas: " + inside + "/one.avsc is no Avro schema");
  }

  @Test
  void schemasThatAreUnderstoodAreNamedAlike() throws IOException {
    String record =
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"v\",\"type\":%s}]}";
    String time = "{\"type\":\"long\",\"logicalType\":\"timestamp-%s\"}";
    String location = "elsewhere:" + directory;
    elsewhere("a.avsc", record.formatted(time.formatted("millis")));
    elsewhere("b.avsc", record.formatted(time.formatted("micros")));
    options.put("features.format", "single-object");
    options.put("features.schemas", location);
    List<String> problems = new ArrayList<>();
    FeatureFormats formats =
        FeatureFormats.read(
            OptionReader.read(options).formats(),
            new Schema.Parser().parse(record.formatted("\"string\"")),
            problems);
    assertThat(problems)
        .containsExactly(
            "features.schemas: %s/b.avsc has the fingerprint of %s/a.avsc, but other logical types; expected one of them"
                .formatted(location, location));
    assertThat(formats.decoding(WriterSchemas.NONE).format()).hasToString("single-object");
  }
}
