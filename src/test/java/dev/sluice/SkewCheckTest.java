package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.verify.Findings;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records of changed schemas against the training data of the demo's model. */
class SkewCheckTest {
  private static final Path DEMO = Path.of("src/main/resources/models/air-quality-mlp");
  private static final String RAIN =
      "feature RAIN may be null in records, but was never missing in the training data (105120"
          + " values)";

  @TempDir Path directory;
  private String schema;
  private DataProfile profile;

  @BeforeEach
  void read() throws IOException {
    schema = Files.readString(Path.of("schemas/AirQualityReading.avsc"));
    profile = DataProfileFile.read(DEMO.resolve("data-profile.json"));
  }

  private void field(String name, String type, String more) {
    String from = "{\"name\": \"" + name + "\", \"type\": [\"null\", \"float\"], \"default\": null";
    assertThat(schema).contains(from);
    schema = schema.replace(from, "{\"name\": \"" + name + "\", \"type\": " + type + more);
  }

  private Findings check(String units) throws IOException {
    String text = Files.readString(DEMO.resolve("MLmodel"));
    Files.writeString(
        directory.resolve("MLmodel"), text.replace("metadata:\n", "metadata:\n" + units));
    Files.copy(DEMO.resolve("model.onnx"), directory.resolve("model.onnx"));
    return check(ModelPackage.open(directory), Map.of(), profile);
  }

  private Findings check(
      ModelPackage model, Map<String, List<String>> mapping, DataProfile trained) {
    List<String> problems = new ArrayList<>();
    Schema parsed = new Schema.Parser().parse(schema);
    LayoutPlanner planner = new LayoutPlanner(parsed, problems).inputs(model, mapping);
    trained.columns().forEach(column -> planner.profiled(column.name()));
    assertThat(problems).isEmpty();
    return SkewCheck.check(parsed, planner.layout(), model, trained);
  }

  @Test
  void theDemosRecordsAreAsItsTrainingData() throws IOException {
    Findings findings = check("");

    assertThat(findings.warnings()).isEmpty();
    assertThat(findings.notes()).containsExactly(RAIN);
    assertThat(findings.isUsable()).isTrue();
  }

  @Test
  void anotherWidthIsANoteAndAnotherKindAWarning() throws IOException {
    field("SO2", "[\"null\", \"double\"]", "");
    field("NO2", "[\"null\", \"long\"]", "");

    Findings findings = check("");

    assertThat(findings.warnings())
        .containsExactly("feature NO2 is INT64 in records, but was FLOAT in the training data");
    assertThat(findings.notes())
        .containsExactly(
            "feature SO2 is DOUBLE in records, but was FLOAT in the training data", RAIN);
  }

  @Test
  void unitsAreThoseOfTheFieldOrOfItsType() throws IOException {
    field("TEMP", "[\"null\", \"float\"]", ", \"unit\": \"degF\"");
    field("PRES", "[\"null\", {\"type\": \"float\", \"unit\": \"Pa\"}]", "");
    field("DEWP", "[\"null\", \"float\"]", ", \"unit\": \"degC\"");
    field("CO", "[\"null\", \"float\"]", ", \"unit\": \"ug/m3\"");

    Findings findings = check("  units: {TEMP: degC, PRES: hPa, DEWP: degC, WSPM: m/s}\n");

    assertThat(findings.warnings())
        .containsExactly(
            "feature TEMP is in degF in records, but was in degC in the training data",
            "feature PRES is in Pa in records, but was in hPa in the training data");
    assertThat(findings.notes())
        .containsExactly(
            "feature CO is in ug/m3 in records; the model's metadata.units does not name it",
            RAIN,
            "feature WSPM was in m/s in the training data; the schema states no unit");
  }

  /** Salinity's unit by the CF conventions, which YAML would make a number. */
  @Test
  void aUnitThatLooksLikeANumberIsReadAsItIsWritten() throws IOException {
    field("TEMP", "[\"null\", \"float\"]", ", \"unit\": \"1e-3\"");

    assertThat(check("  units: {TEMP: 1e-3}\n").warnings()).isEmpty();
  }

  @Test
  void unitsAreFoundByAnyNameOfTheFeature() throws IOException {
    schema =
        "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"id_code\", \"type\": \"long\","
            + " \"unit\": \"m\"}]}";
    Path model = Path.of("src/test/resources/models/embedding-lookup.onnx");
    Files.copy(model, directory.resolve("model.onnx"));
    for (String name : List.of("id code", "id", "id_code")) {
      Files.writeString(
          directory.resolve("MLmodel"),
          "flavors: {onnx: {data: model.onnx}}\nmetadata: {units: {" + name + ": cm}}\n");

      Findings findings =
          check(
              ModelPackage.open(directory), Map.of("id", List.of("id_code")), DataProfile.empty());

      assertThat(findings.warnings())
          .as(name)
          .containsExactly(
              "feature id_code is in m in records, but was in cm in the training data");
    }
  }

  private DataProfile withoutHour() throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = (ObjectNode) json.readTree(DEMO.resolve("data-profile.json").toFile());
    Iterator<JsonNode> columns = root.get("columns").elements();
    while (columns.hasNext()) {
      if (columns.next().get("name").asText().equals("hour")) {
        columns.remove();
      }
    }
    root.remove("parts"); // they have the same columns
    Path file = directory.resolve("without-hour.json");
    json.writeValue(file.toFile(), root);
    return DataProfileFile.read(file);
  }

  @Test
  void aFeatureWithoutABaselineIsNamed() throws IOException {
    Findings findings =
        check(
            ModelPackage.open(Path.of("src/test/resources/models/embedding-lookup.onnx")),
            Map.of("id", List.of("hour")),
            withoutHour());

    assertThat(findings.warnings())
        .contains(
            "feature hour is not in the data profile: only its type is checked, and no drift is"
                + " told");
  }

  @Test
  void itemsOfAnArrayMayBeMissing() {
    schema =
        "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"id\", \"type\": {\"type\":"
            + " \"array\", \"items\": [\"null\", \"long\"]}}]}";
    ModelPackage model =
        ModelPackage.open(Path.of("src/test/resources/models/embedding-lookup.onnx"));

    assertThat(check(model, Map.of(), DataProfile.empty()).warnings())
        .singleElement()
        .asString()
        .startsWith("feature id may be null in records, but model input id (INT64) holds no");
  }

  @ParameterizedTest
  @CsvSource({"int, INT32", "boolean, BOOL", "float, ''", "double, ''"})
  void nullItemsOfIntegersAreMissingAlsoForAnInputOfFloats(String items, String rejected) {
    schema =
        "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"x\", \"type\": {\"type\":"
            + " \"array\", \"items\": [\"null\", \"%s\"]}}]}".formatted(items);
    ModelPackage model =
        ModelPackage.open(Path.of("src/test/resources/models/reordered-rank.onnx"));

    List<String> warnings = check(model, Map.of(), DataProfile.empty()).warnings();

    assertThat(warnings).hasSize(rejected.isEmpty() ? 0 : 1);
    assertThat(warnings)
        .allMatch(
            line ->
                line.startsWith(
                    "feature x may have null items in records, but arrays of "
                        + rejected
                        + " hold no missing value, also for model input x (FLOAT): such records"));
  }

  @Test
  void aFieldThatIsNeverNullCannotSayThatItIsMissing() throws IOException {
    field("CO", "\"float\"", "");
    field("RAIN", "\"float\"", "");

    Findings findings = check("");

    assertThat(findings.warnings())
        .containsExactly(
            "feature CO is never null in records, but was missing in 13744 of 105120 values of the"
                + " training data: what stands for a missing one?");
    assertThat(findings.notes()).isEmpty();
  }

  @Test
  void anInputThatHoldsNoMissingValueIsNamedAlsoForNestedFields() throws IOException {
    schema =
        "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"inner\", \"type\":"
            + " [\"null\", {\"type\": \"record\", \"name\": \"I\", \"fields\": ["
            + "{\"name\": \"id\", \"type\": \"long\"}]}]}]}";
    ModelPackage model =
        ModelPackage.open(Path.of("src/test/resources/models/embedding-lookup.onnx"));

    Findings findings = check(model, Map.of("id", List.of("inner.id")), DataProfile.empty());

    assertThat(findings.warnings())
        .containsExactly(
            "feature inner.id may be null in records, but model input id (INT64) holds no missing"
                + " value: such records are rejected");
  }
}
