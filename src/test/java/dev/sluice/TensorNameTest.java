package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.OptionException;
import dev.sluice.config.OptionReader;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of a package whose signature calls the graph's only input x otherwise: in. */
class TensorNameTest {
  private static final String TENSOR =
      "[{\"name\":\"in\",\"type\":\"tensor\",\"tensor-spec\":{\"dtype\":\"float32\",\"shape\":[-1,6]}}]";

  @TempDir private Path directory;

  /** Returns the columns that are planned for records with arrays of such names. */
  private List<FeatureColumn> columns(String metadata, String... fields) throws IOException {
    Path model = Files.createTempDirectory(directory, "model");
    Files.copy(
        Path.of("src/test/resources/models/reordered-rank.onnx"), model.resolve("model.onnx"));
    Files.writeString(
        model.resolve("MLmodel"),
        "flavors: {onnx: {data: model.onnx}}\nmetadata: {%s}\nsignature: {inputs: '%s'}\n"
            .formatted(metadata, TENSOR));
    String schema =
        Stream.of(fields)
            .map("{'name':'%s','type':{'type':'array','items':'float'}}"::formatted)
            .collect(Collectors.joining(",", "{'type':'record','name':'R','fields':[", "]}"));
    Path file = Files.writeString(model.resolve("r.avsc"), schema.replace('\'', '"'));
    return JobPlanner.plan(
            OptionReader.read(
                Map.of(
                    "kafka.bootstrap-servers",
                    "localhost:9092",
                    "features.schema",
                    file.toString(),
                    "model.uri",
                    model.toString(),
                    "validation.profile",
                    "none")))
        .layout()
        .columns();
  }

  @Test
  void theFieldOfTheInputsOwnNameIsTaken() throws IOException {
    assertThat(columns("name: m", "x")).containsExactly(column("x"));
  }

  @Test
  void theFieldOfTheTensorsNameComesFirst() throws IOException {
    assertThat(columns("name: m", "in")).containsExactly(column("in"));
    assertThat(columns("name: m", "x", "in")).containsExactly(column("in"));
  }

  @Test
  void aFieldThatIsThereUnderNeitherNameIsNamedAsTheAuthorDoes() {
    assertThatThrownBy(() -> columns("name: m", "y"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("model input x: features.schema: record R has no field in");
    assertThatThrownBy(() -> columns("feature_order: [in]", "x"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("model input x: features.schema: record R has no field in");
  }

  private static FeatureColumn column(String name) {
    return new FeatureColumn(name, ElementType.FLOAT, 6);
  }
}
