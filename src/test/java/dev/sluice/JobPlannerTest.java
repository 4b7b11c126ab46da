package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.OptionException;
import dev.sluice.config.OptionReader;
import dev.sluice.model.OnnxBytes;
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

class JobPlannerTest {
  private static final String MODELS = "src/test/resources/models/";

  @TempDir private Path directory;

  @Test
  void plansTheDemo() {
    JobPlan plan =
        plan(
            "classpath:schemas/AirQualityReading.avsc",
            "src/main/resources/models/air-quality-mlp",
            "features.event-time.field",
            "ts",
            "features.pass-through",
            "station");

    assertThat(plan.layout().inputs()).hasSize(1);
    assertThat(plan.layout().inputs().get(0).columns()).hasSize(10);
    assertThat(plan.layout().columns())
        .extracting(FeatureColumn::name)
        .startsWith("SO2", "NO2", "CO", "O3", "TEMP", "PRES", "DEWP", "RAIN", "WSPM", "hour")
        .contains("station", "wd", "PM10");
    assertThat(plan.model().name()).isEqualTo("air-quality-mlp");
    assertThat(plan.model().sha256()).hasSize(64);
    assertThat(plan.profileSha256()).hasSize(64);
  }

  @Test
  void takesAnArrayForATensorOfHigherRank() throws IOException {
    JobPlan plan =
        plan(
            schema("x", "{\"type\":\"array\",\"items\":\"float\"}"),
            MODELS + "reordered-rank.onnx",
            "validation.profile",
            "none");

    assertThat(plan.layout().columns())
        .containsExactly(new FeatureColumn("x", ElementType.FLOAT, 6));
  }

  @Test
  void takesNestedArraysForATensorOfHigherRank() throws IOException {
    String inner = "{\"type\":\"array\",\"items\":\"float\"}";
    JobPlan plan =
        plan(
            schema("x", "{\"type\":\"array\",\"items\":" + inner + "}"),
            MODELS + "reordered-rank.onnx",
            "validation.profile",
            "none");

    assertThat(plan.layout().columns())
        .containsExactly(new FeatureColumn("x", ElementType.FLOAT, 6, List.of(2, 3), Padding.NONE));
  }

  @Test
  void takesAProfileOfAnArrayThatAnInputTakes() throws IOException {
    FeatureLayout layout =
        new FeatureLayout(List.of(new FeatureColumn("x", ElementType.FLOAT, 6)), List.of());
    Path profile = OneRowProfile.write(layout, directory.resolve("profile.json"));
    JobPlan plan =
        plan(
            schema("x", "{\"type\":\"array\",\"items\":\"float\"}"),
            MODELS + "reordered-rank.onnx",
            "validation.profile",
            profile.toString());

    assertThat(plan.layout().columns()).containsExactlyElementsOf(layout.columns());
    assertThat(plan.profile().column("x").orElseThrow().rows()).isEqualTo(6);
  }

  @Test
  void refusesAFieldOfTwoShapes() throws IOException {
    OnnxBytes graph =
        new OnnxBytes()
            .text(2, "two")
            .message(1, new OnnxBytes().text(1, "a").text(2, "c").text(4, "Identity"))
            .message(1, new OnnxBytes().text(1, "b").text(2, "d").text(4, "Identity"))
            .message(11, OnnxBytes.tensor("a", 1, -1, 2, 3))
            .message(11, OnnxBytes.tensor("b", 1, -1, -1))
            .message(12, OnnxBytes.tensor("c", 1, -1, 2, 3))
            .message(12, OnnxBytes.tensor("d", 1, -1, -1));
    Path model = directory.resolve("two.onnx");
    Files.write(model, OnnxBytes.model(graph).bytes());
    String schema = schema("x", "{\"type\":\"array\",\"items\":\"float\"}");
    String[] options = {
      "validation.profile",
      "none",
      "model.inputs.a",
      "x",
      "model.inputs.b",
      "x",
      "model.padding.b",
      "6"
    };
    assertThatThrownBy(() -> plan(schema, model.toString(), options))
        .hasMessageContaining(
            "model input b: field x has the shape [6] padded with '0' here, but [6] in another input,"
                + " expected the same shape and padding");
  }

  @Test
  void takesIntegersForNarrowerInputs() throws IOException {
    Path file = directory.resolve("small.avsc");
    Files.writeString(
        file,
        "{\"type\":\"record\",\"name\":\"Root\",\"fields\":["
            + "{\"name\":\"x_float16\",\"type\":\"double\"},"
            + "{\"name\":\"x_bfloat16\",\"type\":\"long\"},"
            + "{\"name\":\"x_int16\",\"type\":\"int\"},"
            + "{\"name\":\"x_int8\",\"type\":\"boolean\"},"
            + "{\"name\":\"x_uint8\",\"type\":\"long\"}]}");
    String[] noProfile = {"validation.profile", "none"};
    JobPlan plan = plan(file.toString(), MODELS + "identity-small-types.onnx", noProfile);

    assertThat(plan.layout().columns())
        .extracting(FeatureColumn::type)
        .containsExactly(
            ElementType.DOUBLE,
            ElementType.INT64,
            ElementType.INT32,
            ElementType.BOOL,
            ElementType.INT64);
  }

  @Test
  void takesTheFieldsThatTheOptionsName() throws IOException {
    JobPlan plan =
        plan(
            schema("user.id", "\"int\""),
            MODELS + "embedding-lookup.onnx",
            "validation.profile",
            "none",
            "model.inputs.id",
            "user.id");

    assertThat(plan.layout().columns())
        .containsExactly(new FeatureColumn("user.id", ElementType.INT32, 1));
  }

  @Test
  void namesAllThatDoesNotFit() throws IOException {
    assertRefused(
        schema("x_float", "\"string\""),
        MODELS + "identity-types.onnx",
        "model input x_float takes FLOAT, but field x_float is STRING, expected a number",
        "model input x_double: features.schema: record Root has no field x_double",
        "expected one of x_float");
  }

  @Test
  void refusesWhatWouldLoseValues() throws IOException {
    assertRefused(
        schema("id", "\"double\""),
        MODELS + "embedding-lookup.onnx",
        "model input id takes INT64, but field id is DOUBLE, expected an int, long or");
  }

  @Test
  void refusesAnArrayWhereAValueIsDue() throws IOException {
    Path file = directory.resolve("tags.avsc");
    Files.writeString(
        file,
        "{\"type\":\"record\",\"name\":\"Root\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"},"
            + "{\"name\":\"tags\",\"type\":{\"type\":\"array\",\"items\":\"string\"}}]}");
    assertThatThrownBy(
            () ->
                plan(
                    file.toString(),
                    MODELS + "embedding-lookup.onnx",
                    "validation.profile",
                    "none",
                    "features.pass-through",
                    "tags"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("field tags is an array, expected a single value");
  }

  @Test
  void refusesAnInputThatTheModelLacks() throws IOException {
    assertThatThrownBy(
            () ->
                plan(
                    schema("id", "\"long\""),
                    MODELS + "embedding-lookup.onnx",
                    "validation.profile",
                    "none",
                    "model.inputs.ident",
                    "id"))
        .hasMessageContaining(
            "model.inputs.ident: the model has no such input, expected one of [id]");
  }

  @Test
  void takesTheFieldThatAColumnWasRenamedTo() throws IOException {
    Path model = Files.createDirectory(directory.resolve("renamed"));
    Files.copy(Path.of(MODELS, "log-label.onnx"), model.resolve("model.onnx"));
    Files.writeString(
        model.resolve("MLmodel"),
        "flavors: {onnx: {data: model.onnx}}\nmetadata: {feature_order: ['mean radius']}\n");

    JobPlan plan =
        plan(schema("mean_radius", "\"float\""), model.toString(), "validation.profile", "none");

    assertThat(plan.layout().columns())
        .containsExactly(new FeatureColumn("mean_radius", ElementType.FLOAT, 1));
    assertRefused(schema("mean_area", "\"float\""), model.toString(), "has no field mean radius");
  }

  @Test
  void anOptionWinsOverAName() throws IOException {
    Path schema = directory.resolve("two.avsc");
    Files.writeString(
        schema,
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"x\",\"type\":\"float\"},"
            + "{\"name\":\"z\",\"type\":\"float\"}]}");
    JobPlan plan =
        plan(
            schema.toString(),
            MODELS + "log-label.onnx",
            "validation.profile",
            "none",
            "model.inputs.x",
            "z");

    assertThat(plan.layout().columns()).extracting(FeatureColumn::name).containsExactly("z");
  }

  @Test
  void namesWhatIsWrongWithThePackageAndWithTheRecordsAtOnce() throws IOException {
    OnnxBytes graph =
        new OnnxBytes()
            .text(2, "g")
            .message(1, OnnxBytes.node("", "Invented", "x", "y"))
            .message(11, OnnxBytes.tensor("x", 1))
            .message(12, OnnxBytes.tensor("y", 1));
    Path model = directory.resolve("invented.onnx");
    Files.write(model, OnnxBytes.model(graph).bytes());

    assertThatThrownBy(() -> plan(schema("z", "\"float\""), model.toString()))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining(
            "model invented has the operator ai.onnx.Invented (1 nodes), which ONNX Runtime")
        .hasMessageContaining("model input x: features.schema: record Root has no field x")
        .hasMessageContaining("has no data-profile.json");
  }

  @Test
  void wantsAProfile() throws IOException {
    String schema = schema("id", "\"long\"");
    assertThatThrownBy(() -> plan(schema, MODELS + "embedding-lookup.onnx"))
        .hasMessageContaining("has no data-profile.json")
        .hasMessageContaining("validation.profile");
  }

  @Test
  void refusesAProfileForOtherColumns() throws IOException {
    assertThatThrownBy(
            () ->
                plan(
                    schema("id", "\"long\""),
                    MODELS + "embedding-lookup.onnx",
                    "validation.profile",
                    "src/main/resources/models/air-quality-mlp/data-profile.json"))
        .hasMessageContaining("data profile: column SO2")
        .hasMessageContaining("data profile: column wd");
  }

  @Test
  void decodesTheFieldThatSegmentsAreBy() throws IOException {
    JobPlan plan =
        plan(
            "schemas/AirQualityReading.avsc",
            "src/main/resources/models/air-quality-mlp",
            "profile.segment-by",
            "station",
            "profile.segments",
            "Dongsi,Gucheng",
            "validation.profile",
            "none");
    assertThat(plan.layout().indexOf("station")).isNotNegative();
  }

  @Test
  void refusesSegmentsThatNothingNames() {
    assertThatThrownBy(
            () ->
                plan(
                    "schemas/AirQualityReading.avsc",
                    "src/main/resources/models/air-quality-mlp",
                    "profile.segment-by",
                    "station"))
        .hasMessageContaining(
            "profile.segment-by is station, but the data profile has no segments");
    assertThatThrownBy(
            () ->
                plan(
                    "schemas/AirQualityReading.avsc",
                    "src/main/resources/models/air-quality-mlp",
                    "profile.segment-by",
                    "city"))
        .hasMessageContaining("profile.segment-by: city");
  }

  @Test
  void refusesAnEventTimeThatIsNone() {
    assertThatThrownBy(
            () ->
                plan(
                    "classpath:schemas/AirQualityReading.avsc",
                    "src/main/resources/models/air-quality-mlp",
                    "features.event-time.field",
                    "SO2"))
        .hasMessageContaining("features.event-time.field")
        .hasMessageContaining("SO2");
  }

  @Test
  void namesTheFileThatCannotBeRead() throws IOException {
    Path noSchema = directory.resolve("broken.avsc");
    Files.writeString(noSchema, "{\"type\":");
    assertRefused(
        "absent.avsc", MODELS + "log-label.onnx", "features.schema: cannot read absent.avsc");
    assertRefused("classpath:absent", MODELS + "log-label.onnx", "class path has no absent");
    assertRefused(noSchema.toString(), MODELS + "log-label.onnx", "is no Avro schema");
    assertRefused(schema("x", "\"float\""), "absent-model", "absent-model");
    assertRefused(
        schema("x", "\"float\""), "s3://bucket/model", "model.uri is s3://bucket/model, expected");
  }

  private static void assertRefused(String schema, String model, String... parts) {
    var refused =
        assertThatThrownBy(() -> plan(schema, model, "validation.profile", "none"))
            .isInstanceOf(IllegalArgumentException.class);
    for (String part : parts) {
      refused.hasMessageContaining(part);
    }
  }

  /** Writes a schema with one field, nested in a record where its path has two names. */
  private String schema(String path, String type) throws IOException {
    String[] names = path.split("\\.");
    String field = "{\"name\":\"" + names[names.length - 1] + "\",\"type\":" + type + "}";
    if (names.length == 2) {
      field =
          "{\"name\":\""
              + names[0]
              + "\",\"type\":{\"type\":\"record\",\"name\":\"Nested\",\"fields\":["
              + field
              + "]}}";
    }
    Path file = directory.resolve("schema-" + names.length + ".avsc");
    Files.writeString(file, "{\"type\":\"record\",\"name\":\"Root\",\"fields\":[" + field + "]}");
    return file.toString();
  }

  private static JobPlan plan(String schema, String model, String... more) {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", "localhost:9092");
    options.put("features.schema", schema);
    options.put("model.uri", model);
    for (List<String> pair = List.of(more); !pair.isEmpty(); pair = pair.subList(2, pair.size())) {
      options.put(pair.get(0), pair.get(1));
    }
    return JobPlanner.plan(OptionReader.read(options));
  }
}
