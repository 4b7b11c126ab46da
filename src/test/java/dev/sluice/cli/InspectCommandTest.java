package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What the command inspect tells of the demo's model, and of what is made of it. */
class InspectCommandTest {
  private static final String SCHEMA = "schemas/AirQualityReading.avsc";
  private static final String SHA_256 =
      "b1183e79a30dda1568282622e71efaf4a1eeccf787a21e291ba8569199382916";

  @TempDir Path directory;
  private Path model;

  @BeforeEach
  void copyModel() throws IOException {
    model = DemoModel.copyTo(directory.resolve("model"));
  }

  private void edit(String file, String from, String to) throws IOException {
    Path path = model.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
  }

  private Path schema(String from, String to) throws IOException {
    String text = Files.readString(Path.of(SCHEMA));
    assertThat(text).contains(from);
    return Files.writeString(directory.resolve("schema.avsc"), text.replace(from, to));
  }

  @Test
  void allIsToldForAPerson() throws IOException {
    Inspected inspected = Inspected.of(model, "--schema", SCHEMA);

    assertThat(inspected.usable()).as(inspected.run().out()).isTrue();
    assertThat(inspected.lines())
        .startsWith("air-quality-mlp 1")
        .contains(
            "  SHA-256           " + SHA_256,
            "  ONNX              IR version 7",
            "  operators         ai.onnx 13",
            "  producer          pytorch 1.13.0",
            "  model.onnx           16,560  " + SHA_256,
            "  input   features     float[?,10]",
            "  output  p_unhealthy  float[?,1]",
            "  ai.onnx  Constant  19",
            "  and 6 more",
            "    path            src/main/python/train_air_quality.py",
            "    roc_auc         0.934302",
            "  onnxruntime>=1.15  requirements.txt",
            "  rows        105120",
            "  event time  2013-02-28T16:00:00Z to 2014-02-28T15:00:00Z",
            "  model       this one, by its SHA-256",
            "  hour  int64  -> features",
            "  ONNX Runtime  1.28.0",
            "  runs on       cpu",
            "  signature     as the file declares");
  }

  @Test
  void theSameIsToldToAProgram() throws IOException {
    JsonNode json = Inspected.of(model, "--schema", SCHEMA).json();

    assertThat(json.path("sha256").asText()).isEqualTo(SHA_256);
    assertThat(json.path("files")).hasSize(7);
    assertThat(json.at("/opsets/ai.onnx").asInt()).isEqualTo(13);
    assertThat(json.at("/inputs/0").toString())
        .isEqualTo("{\"name\":\"features\",\"type\":\"float\",\"shape\":[-1,10]}");
    assertThat(json.path("operators")).hasSize(16);
    assertThat(json.at("/metadata/metrics_test/roc_auc").asDouble()).isEqualTo(0.934302);
    assertThat(json.at("/profile/rows").asLong()).isEqualTo(105120);
    assertThat(json.at("/profile/modelAgrees").asBoolean()).isTrue();
    assertThat(Inspected.texts(json.at("/mapping/0/fields"))).startsWith("SO2").endsWith("hour");
    assertThat(Inspected.texts(json.at("/skew/warnings"))).isEmpty();
    assertThat(Inspected.texts(json.at("/skew/notes")))
        .containsExactly(
            "feature RAIN may be null in records, but was never missing in the training data"
                + " (105120 values)");
    assertThat(json.at("/session/execution").asText()).isEqualTo("cpu");
    assertThat(json.at("/session/providers/0/provider").asText()).isEqualTo("CPUExecutionProvider");
    assertThat(json.at("/session/providers/0").fieldNames())
        .toIterable()
        .containsExactly("provider", "nodes", "nodeShare", "timeShare");
    assertThat(json.at("/session/signatureAgrees").asBoolean()).isTrue();
    assertThat(Inspected.texts(json.path("problems"))).isEmpty();
  }

  @Test
  void versionsAreShownAsTheyAreWritten() throws IOException {
    edit(
        "MLmodel",
        "metadata:\n",
        "run_id: 1e999\nmetadata:\n"
            + "  trained: {git_commit: 1234e56, tag: 7e12345, build: 0123, tags: [2024.10, ~, null]}\n"
            + "  dataset_version: {version: 2024.10, 1.20: null}\n"
            + "  units: {TEMP: 1e-3}\n"
            + "  rates: [1.0e-05, 0.25, 12345678.5, 3, 1.0e+16]\n");

    Inspected inspected = Inspected.of(model);

    assertThat(inspected.lines().stream().map(line -> line.strip().replaceAll(" +", " ")))
        .contains(
            "run_id 1e999",
            "git_commit 1234e56",
            "tag 7e12345",
            "build 0123",
            "tags 2024.10, ~, null",
            "version 2024.10",
            "1.20 none",
            "rates 1.0e-05, 0.25, 12345678.5, 3, 1.0e+16");
    assertThat(inspected.json().at("/mlflow/run_id").asText()).isEqualTo("1e999");
    assertThat(inspected.json().at("/metadata/trained").toString())
        .isEqualTo(
            "{\"git_commit\":\"1234e56\",\"tag\":\"7e12345\",\"build\":\"0123\","
                + "\"tags\":[\"2024.10\",\"~\",null]}");
    assertThat(inspected.json().at("/metadata/dataset_version").toString())
        .isEqualTo("{\"version\":\"2024.10\",\"1.20\":null}");
    assertThat(inspected.json().at("/metadata/rates")).allMatch(JsonNode::isNumber);
    assertThat(
            ModelFacts.read(model, null).facts().stream()
                .map(fact -> fact.name() + " " + fact.value()))
        .contains("git_commit 1234e56", "tag 7e12345", "version 2024.10", "1.20 none");
    assertThat(ModelFacts.read(model, null).units()).containsEntry("TEMP", "1e-3");
  }

  @Test
  void keysAreWrittenAsThoseOfOtherOutputs() throws IOException {
    ObjectNode json = (ObjectNode) Inspected.of(model, "--schema", SCHEMA).json();
    json.remove(List.of("metadata", "mlflow", "properties", "opsets")); // keys of others

    List<String> keys = new ArrayList<>();
    keysOf(json, keys);
    assertThat(keys)
        .contains("irVersion", "dataSet", "onnxRuntime", "loadMillis")
        .allMatch(key -> key.matches("[a-z][a-zA-Z0-9]*"));
  }

  private static void keysOf(JsonNode node, List<String> keys) {
    node.fieldNames().forEachRemaining(keys::add);
    node.forEach(child -> keysOf(child, keys));
  }

  @Test
  void withoutASchemaNothingIsMapped() throws IOException {
    Inspected inspected = Inspected.of(model);

    assertThat(inspected.usable()).isTrue();
    assertThat(inspected.json().path("mapping").isNull()).isTrue();
    assertThat(inspected.json().path("skew").isNull()).isTrue();
    assertThat(inspected.run().out()).doesNotContain("Fields of records");
  }

  @Test
  void whatIsNoPackageIsNotUsable() throws IOException {
    Inspected inspected = Inspected.of(directory.resolve("absent"));

    assertThat(inspected.problems())
        .containsExactly(
            "model package "
                + directory.resolve("absent")
                + " does not exist, expected a directory with MLmodel, or an .onnx file");
    assertThat(inspected.lines()).contains("  - " + inspected.problems().get(0));
    assertThat(inspected.json().has("sha256")).isFalse();
  }

  @Test
  void aTruncatedModelIsNotUsable() throws IOException {
    Path onnx = model.resolve("model.onnx");
    byte[] bytes = Files.readAllBytes(onnx);
    Files.write(onnx, java.util.Arrays.copyOf(bytes, bytes.length / 2));

    Inspected inspected = Inspected.of(model);

    assertThat(inspected.usable()).isFalse();
    assertThat(inspected.problems()).singleElement().asString().contains("model.onnx");
  }

  @Test
  void anotherModelThanStatedIsNotUsable() throws IOException {
    String other = "a" + SHA_256.substring(1);
    edit("MLmodel", "model_sha256: " + SHA_256, "model_sha256: " + other);

    Inspected inspected = Inspected.of(model);

    assertThat(inspected.problems()).singleElement().asString().contains(SHA_256).contains(other);
    assertThat(inspected.json().at("/session/execution").asText()).isEqualTo("cpu");
  }

  @Test
  void aProfileOfAnotherModelIsAWarning() throws IOException {
    String other = "a" + SHA_256.substring(1);
    edit("data-profile.json", SHA_256, other);

    Inspected inspected = Inspected.of(model);

    assertThat(inspected.usable()).isTrue();
    assertThat(inspected.lines()).contains("  model       another one, of SHA-256 " + other);
    assertThat(Inspected.texts(inspected.json().path("warnings")))
        .containsExactly(
            "data profile: it was made with a model of SHA-256 "
                + other
                + ", but this one has "
                + SHA_256);
  }

  @Test
  void aProfileThatIsNotSoundIsAProblem() throws IOException {
    Files.writeString(model.resolve("data-profile.json"), "{\"formatVersion\": 1");

    Inspected inspected = Inspected.of(model, "--schema", SCHEMA);

    assertThat(inspected.problems()).singleElement().asString().contains("data-profile.json");
    assertThat(inspected.json().path("profile").isNull()).isTrue();
    assertThat(inspected.json().path("session").isNull()).isFalse();
  }

  @Test
  void everyFieldThatLacksIsNamed() throws IOException {
    String text = Files.readString(Path.of(SCHEMA));
    Path schema =
        Files.writeString(
            directory.resolve("schema.avsc"),
            text.replace("\"TEMP\"", "\"T\"").replace("\"WSPM\"", "\"W\""));

    Inspected inspected = Inspected.of(model, "--schema", schema.toString());

    assertThat(inspected.usable()).isFalse();
    assertThat(inspected.problems())
        .anyMatch(line -> line.contains("model input features") && line.contains("field TEMP"))
        .anyMatch(line -> line.contains("model input features") && line.contains("field WSPM"));
    assertThat(inspected.json().path("session").isNull()).isFalse();
  }

  @Test
  void fieldsCanBeNamed() throws IOException {
    String fields = "SO2,NO2,CO,O3,TEMP,PRES,DEWP,RAIN,WSPM,PM10";

    JsonNode json =
        Inspected.of(model, "--schema", SCHEMA, "--input-map", "features=" + fields).json();

    assertThat(Inspected.texts(json.at("/mapping/0/fields"))).containsExactly(fields.split(","));
  }

  @Test
  void recordsThatDifferFromTheTrainingDataAreFlagged() throws IOException {
    edit("MLmodel", "  name: air-quality-mlp", "  name: x\n  units: {TEMP: degC, PRES: hPa}");
    Path schema =
        schema(
            "{\"name\": \"TEMP\", \"type\": [\"null\", \"float\"], \"default\": null,",
            "{\"name\": \"TEMP\", \"type\": \"long\", \"unit\": \"degF\",");

    Inspected inspected = Inspected.of(model, "--schema", schema.toString());

    assertThat(inspected.usable()).isTrue();
    assertThat(Inspected.texts(inspected.json().at("/skew/warnings")))
        .containsExactly(
            "feature TEMP is INT64 in records, but was FLOAT in the training data",
            "feature TEMP is in degF in records, but was in degC in the training data",
            "feature TEMP is never null in records, but was missing in 7 of 105120 values of the"
                + " training data: what stands for a missing one?");
    assertThat(inspected.run().out())
        .contains(
            "  note     feature PRES was in hPa in the training data; the schema states no unit");
  }

  @Test
  void namesDoNotSteerTheTerminal() throws IOException {
    edit("MLmodel", "  name: air-quality-mlp", "  name: \"\\u202Emlp\\u2028usable\"");
    edit("MLmodel", "  task: '", "  \"\\e]0;x\\a\": \"\\x9b31m\"\n  task: '");
    Files.writeString(model.resolve("\u001b[31m.txt"), "");

    Inspected inspected = Inspected.of(model); // which asserts that there are none

    assertThat(inspected.lines().get(0)).isEqualTo("\\u{202e}mlp\\u{2028}usable 1");
    assertThat(inspected.run().out()).contains("\\u{1b}[31m.txt").contains("\\u{9b}31m");
    assertThat(inspected.json().path("name").asText()).isEqualTo("\u202emlp\u2028usable");
  }

  @Test
  void muchIsCut() throws IOException {
    StringBuilder many = new StringBuilder("metadata:\n");
    for (int i = 0; i < 2000; i++) {
      many.append("  key").append(i).append(": ").append("x".repeat(400)).append('\n');
      Files.createFile(model.resolve("file" + i));
    }
    edit("MLmodel", "metadata:\n", many.toString());

    Inspected inspected = Inspected.of(model);

    assertThat(inspected.usable()).isTrue();
    assertThat(inspected.lines()).hasSizeLessThan(300).contains("  and 1977 more");
    assertThat(inspected.run().out().getBytes(StandardCharsets.UTF_8).length).isLessThan(100_000);
    assertThat(inspected.json().path("files")).hasSize(2007);
  }

  @Test
  @DisabledIf("dev.sluice.cli.BenchInferenceCommandTest#hasGpu")
  void aFallbackIsToldAndARequiredDeviceIsNotReplaced() throws IOException {
    Inspected preferred = Inspected.of(model, "--set", "model.execution=cuda");
    Inspected required = Inspected.of(model, "--execution", "cuda");

    assertThat(preferred.usable()).isTrue();
    assertThat(Inspected.texts(preferred.json().path("warnings")))
        .containsExactly(
            "cuda is preferred, but the model ran on cpu; --execution cuda says what is missing");
    assertThat(preferred.json().path("session").path("execution").asText()).isEqualTo("cpu");
    assertThat(required.usable()).isFalse();
    assertThat(required.problems()).singleElement().asString().startsWith("CUDA was required: ");
  }

  @Test
  void whatOptionsMakeOfTheOutputsIsChecked() throws IOException {
    Inspected inspected = Inspected.of(model, "--set", "outputs.rename.score=p");

    assertThat(inspected.usable()).isFalse();
    assertThat(inspected.problems())
        .containsExactly(
            "outputs.rename.score: there is no such output, expected one of [p_unhealthy]");
  }

  @Test
  void wrongArgumentsAreRefused() {
    Map<String, String[]> refused =
        Map.of(
            "absent.json does not exist, expected a data profile",
            new String[] {"--profile", "absent.json"},
            "cannot read absent.avsc",
            new String[] {"--schema", "absent.avsc"},
            "model.execution is gpu, expected cpu, cuda or tensorrt",
            new String[] {"--execution", "gpu"},
            "error: --execution and --set model.execution are given, expected one",
            new String[] {"--execution", "cuda", "--set", "model.execution=cpu"},
            "model.padding.features is x, expected LENGTH or LENGTH:VALUE",
            new String[] {"--schema", SCHEMA, "--set", "model.padding.features=x"});
    refused.forEach(
        (message, more) -> {
          String[] arguments = new String[more.length + 2];
          arguments[0] = "inspect";
          arguments[1] = model.toString();
          System.arraycopy(more, 0, arguments, 2, more.length);
          CommandLineRun run = CommandLineRun.of(arguments);
          CommandLineRun.isRefused(run, message);
          assertThat(run.out()).isEmpty();
        });
  }
}
