package dev.sluice.cli;

import static dev.sluice.cli.CommandLineRun.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;

class BenchInferenceCommandTest {
  private static final String MLP = Scored.path("bench-mlp-30");

  @TempDir Path directory;

  /** Whether a GPU might be found. */
  static boolean hasGpu() {
    return Files.exists(Path.of("/dev/nvidia0")) || Files.exists(Path.of("/dev/dxg"));
  }

  private static CommandLineRun bench(String model, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("bench-inference", "--model", model, "--seconds", "0.01"));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  @Test
  void theCpuIsMeasured() {
    CommandLineRun run = bench(MLP, "--batch-sizes", "1,64");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("ONNX Runtime 1.28.0")
        .contains("run by CPUExecutionProvider")
        .contains("threads: 1 intra-op, 1 inter-op")
        .containsPattern("(?m)^batch rows +cpu rows/s$")
        .containsPattern("(?m)^ +1 +[0-9,]+$")
        .containsPattern("(?m)^ +64 +[0-9,]+$")
        .doesNotContain("NaN", "ratio");
  }

  @Test
  void aProgramReadsJson() throws IOException {
    CommandLineRun run = bench(MLP, "--batch-sizes=8", "--json", "--set=model.intra-op-threads=2");

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.path("onnxRuntime").asText()).isEqualTo("1.28.0");
    assertThat(json.path("intraOpThreads").asInt()).isEqualTo(2);
    assertThat(json.path("rates").path(0).path("rows").asInt()).isEqualTo(8);
    assertThat(json.path("rates").path(0).path("cpu").asDouble()).isPositive();
    assertThat(json.at("/cpu/providerShare/0").fieldNames())
        .toIterable()
        .containsExactly("provider", "nodes", "nodeShare", "timeShare");
    assertThat(json.has("device")).isFalse();
    assertThat(json.path("agrees").asBoolean()).isTrue();
  }

  @Test
  void modelsOfEveryKindAreMeasured() {
    for (String model :
        List.of(
            "zipmap-string.onnx",
            "fixed-batch.onnx",
            "identity-types.onnx",
            "embedding-lookup.onnx")) {
      CommandLineRun run = bench(Scored.path(model), "--batch-sizes=3");
      assertThat(run.code()).as(model + ": " + run.err()).isZero();
    }
  }

  @Test
  void rowsAreDrawnFromTheDataProfile() throws IOException {
    Files.copy(Path.of(Scored.path("log-label.onnx")), directory.resolve("model.onnx"));
    Files.writeString(directory.resolve("MLmodel"), "flavors:\n  onnx: {data: model.onnx}\n");
    Path schema =
        Files.writeString(
            directory.resolve("x.avsc"),
            "{\"type\": \"record\", \"name\": \"X\", \"fields\": [{\"name\": \"x\", \"type\": \"float\"}]}");
    Path data = Files.writeString(directory.resolve("x.csv"), "x\n1\n2\n3\n");
    String model = directory.toString();

    isRefused(bench(model, "--batch-sizes=64"), "on cpu the model fails on "); // has no logarithm
    CommandLineRun made =
        CommandLineRun.of("profile", "--model=" + model, "--data=" + data, "--schema=" + schema);
    assertThat(made.code()).as(made.err()).isZero();
    CommandLineRun run = bench(model, "--batch-sizes=64");
    assertThat(run.code()).as(run.err()).isZero();
  }

  @Test
  void rowsThatFailAreNoMeasurement() {
    isRefused(
        bench(Scored.path("log-label.onnx"), "--batch-sizes=64"), "on cpu the model fails on ");
    assertThat(
            bench(Scored.path("log-label.onnx"), "--batch-sizes=64", "--set=model.nan-output=flag")
                .code())
        .isZero();
  }

  @Test
  @DisabledIf("hasGpu")
  void whatIsMissingForAGpuIsSaidOnce() {
    CommandLineRun run = bench(MLP, "--execution", "cuda");

    isRefused(run, "CUDA was required: tried for ");
    assertThat(run.err())
        .contains("with ONNX Runtime 1.28.0", "libcublas.so.12", "libcudnn.so.9", "devices: none")
        .containsOnlyOnce("was required");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
    isRefused(bench(MLP, "--execution", "tensorrt"), "TENSORRT was required");
    isRefused(
        bench(MLP, "--set=model.execution=cuda", "--set=model.execution-mode=prefer"),
        "CUDA was required");
  }

  @Test
  void argumentsThatMakeNoSenseAreRefused() {
    isRefused(bench(MLP, "--execution", "gpu"), "model.execution is gpu, expected cpu, cuda or");
    isRefused(bench(MLP, "--batch-sizes", "0"), "--batch-sizes has 0, expected 1 to 65536");
    isRefused(bench(MLP, "--batch-sizes", "a"), "--batch-sizes");
    isRefused(bench(MLP, "--tolerance", "-1"), "--tolerance is -1.0");
    isRefused(bench(MLP, "--set", "outputs.select=no"), "outputs.select names no");
    isRefused(bench("no", "--execution", "cpu"), "no does not exist");
    assertThat(CommandLineRun.of("bench-inference", "--model", MLP, "--seconds", "0").err())
        .contains("--seconds is 0.0, expected more than 0");
  }
}
