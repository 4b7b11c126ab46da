package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.OptionException;
import dev.sluice.config.OptionReader;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data profile that reads well, but not as a job writes it, is told before the job starts. */
class KeptProfileTest {
  @TempDir private Path directory;
  private Path schema;
  private Path profile;

  @BeforeEach
  void writeAProfile() throws IOException {
    String x = "{\"name\":\"x\",\"type\":{\"type\":\"array\",\"items\":\"float\"}}";
    schema =
        Files.writeString(
            directory.resolve("schema.avsc"),
            "{\"type\":\"record\",\"name\":\"Root\",\"fields\":["
                + x
                + ",{\"name\":\"id\",\"type\":\"int\"}]}");
    FeatureLayout layout =
        new FeatureLayout(
            List.of(
                new FeatureColumn("x", ElementType.FLOAT, 6),
                new FeatureColumn("id", ElementType.INT32, 1)),
            List.of());
    profile = OneRowProfile.write(layout, directory.resolve("profile.json"));
  }

  private JobPlan plan(String when, boolean windows) throws IOException {
    String text = Files.readString(profile);
    String stated =
        text.replaceFirst(
            "\"type\": \"PRESENT\",", "\"type\": \"PRESENT\", \"when\": \"" + when + "\",");
    assertThat(stated).isNotEqualTo(text);
    Path changed = Files.writeString(directory.resolve("changed.json"), stated);
    assertThat(DataProfileFile.read(changed).allExpectations())
        .anySatisfy(expectation -> assertThat(expectation.when()).isNotNull());
    return JobPlanner.plan(
        OptionReader.read(
            Map.of(
                "kafka.bootstrap-servers", "localhost:9092",
                "features.schema", schema.toString(),
                "model.uri", "src/test/resources/models/reordered-rank.onnx",
                "validation.profile", changed.toString(),
                "profile.enabled", Boolean.toString(windows))));
  }

  private static String ids(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Integer.toString(1000 + i))
        .collect(Collectors.joining(",", "id in [", "]"));
  }

  @Test
  void aConditionThatIsLongerAsItIsKeptStopsTheJob() throws IOException {
    String when = ids(1990);
    assertThat(when).hasSizeLessThan(10_000);
    assertThatThrownBy(() -> plan(when, true))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("data profile, as the job keeps it: columns[0].expectations[1]: ")
        .hasMessageContaining("condition has 11946 characters, expected at most 10000");
    assertThat(plan(when, false).profile().columns()).as("no window keeps it").hasSize(2);
    assertThat(plan(ids(1600), true).profile().columns()).hasSize(2);
  }
}
