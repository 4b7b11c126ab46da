package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.OptionReader;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.Padding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans of jobs whose data profile has a column per element of an array. */
class ElementPlanTest {
  private static final String RANK = "src/test/resources/models/reordered-rank.onnx"; // x [N,2,3]
  private static final String WAY_OUT =
      " (the profile command makes one column of an array without --per-element)";

  @TempDir private Path directory;

  private Path profile(FeatureColumn... columns) throws IOException {
    FeatureLayout layout = new FeatureLayout(List.of(columns), List.of());
    return OneRowProfile.write(layout, directory.resolve("profile.json"), true);
  }

  private JobPlan plan(Path profile) throws IOException {
    Path schema =
        Files.writeString(
            directory.resolve("schema.avsc"),
            """
            {"type": "record", "name": "R", "fields": [
              {"name": "x", "type": {"type": "array", "items": "float"}},
              {"name": "y", "type": {"type": "array", "items": "float"}},
              {"name": "z", "type": "float"}]}
            """);
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", "localhost:9092");
    options.put("features.schema", schema.toString());
    options.put("model.uri", RANK);
    options.put("validation.profile", profile.toString());
    return JobPlanner.plan(OptionReader.read(options));
  }

  private void isRefused(Path profile, String problem) {
    assertThatThrownBy(() -> plan(profile))
        .hasMessageContaining("data profile: column " + problem)
        .hasMessageNotContaining("Exception");
  }

  private static FeatureColumn array(String name, int width) {
    return new FeatureColumn(name, ElementType.FLOAT, width);
  }

  @Test
  void elementsOfAnArrayThatAnInputTakes() throws IOException {
    JobPlan plan = plan(profile(array("x", 6)));
    assertThat(plan.layout().columns()).containsExactly(array("x", 6));
    assertThat(plan.profile().columns())
        .extracting(ColumnProfile::name)
        .containsExactly("x[0]", "x[1]", "x[2]", "x[3]", "x[4]", "x[5]");
  }

  @Test
  void anArrayOfAnotherSize() throws IOException {
    isRefused(
        profile(array("x", 5)),
        "x[0] is an element of field x, which has 6 elements;"
            + " 5 columns up to x[4] are of it, expected one for each");
    isRefused(profile(array("x", 7)), "x[0] is an element of field x, which has 6 elements; 7");
  }

  @Test
  void anArrayThatNoInputTakes() throws IOException {
    isRefused(
        profile(array("x", 6), array("y", 2)),
        "y[0] is an element of field y, which no model input takes as an array,"
            + " expected one that does"
            + WAY_OUT);
    isRefused(profile(array("nope", 2)), "nope[0] is an element of field nope, which no model");
  }

  @Test
  void aSingleValue() throws IOException {
    isRefused(
        profile(new FeatureColumn("z", ElementType.FLOAT, 1), array("z", 2)),
        "z[0] is an element of field z, which is a single value, expected column z");
  }

  @Test
  void anArrayOfAnySize() {
    FeatureColumn padded =
        new FeatureColumn("x", ElementType.FLOAT, 2, List.of(2), new Padding(0, 1, "0"));
    dev.sluice.profile.DataProfile profile =
        dev.sluice.profile.Baselines.of(
            List.of(
                ColumnProfile.empty("x[0]", ElementType.FLOAT),
                ColumnProfile.empty("x[1]", ElementType.FLOAT)));
    assertThat(ElementCheck.problems(List.of(padded), profile))
        .containsExactly(
            "data profile: column x[0] is an element of field x, whose arrays are of any size,"
                + " expected a fixed size"
                + WAY_OUT);
    assertThat(ElementCheck.problems(List.of(array("x", 2)), profile)).isEmpty();
  }

  @Test
  void elementsBesideTheWhole() {
    dev.sluice.profile.DataProfile profile =
        dev.sluice.profile.Baselines.of(
            List.of(
                ColumnProfile.empty("x", ElementType.FLOAT),
                ColumnProfile.empty("x[1]", ElementType.FLOAT)));
    assertThat(ElementCheck.problems(List.of(array("x", 2)), profile))
        .containsExactly(
            "data profile: column x[1] is an element of field x, of which there is column x, too,"
                + " expected either");
  }
}
