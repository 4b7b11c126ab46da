package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtSession;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelPlace;
import dev.sluice.infer.ProviderShare;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.OnnxBytes;
import dev.sluice.record.FeatureLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionProfileTest {
  @TempDir Path directory;

  @Test
  void measuresTheWarmUp() {
    Path mlp = Path.of("src/test/resources/models/bench-mlp-30");
    ModelPackage model = ModelPackage.open(mlp);

    try (Model loaded =
        OnnxModelLoader.create(model, SessionFactory.cpu().withProfile())
            .load(new ModelPlace(mlp), Loaded.layoutOf(mlp), 16)) {
      ProviderShare share = loaded.status().providerShare().orElseThrow();
      assertThat(share.parts()).hasSize(1);
      assertThat(share.parts().get(0).provider()).isEqualTo("CPUExecutionProvider");
      assertThat(share.parts().get(0).nodes()).isPositive();
      assertThat(share.parts().get(0).nodeShare()).isEqualTo(1);
    }
  }

  /** The runtime writes the name as it is, and what it writes is no JSON then. */
  @Test
  void aModelWhoseProfileCannotBeReadLoads() throws IOException {
    OnnxBytes graph =
        new OnnxBytes()
            .message(1, OnnxBytes.node("", "Relu", "x", "y").text(3, "a\"b\\c"))
            .text(2, "quoted")
            .message(11, OnnxBytes.tensor("x", 1))
            .message(12, OnnxBytes.tensor("y", 1));
    Path file = Files.write(directory.resolve("quoted.onnx"), OnnxBytes.model(graph).bytes());

    try (Model loaded =
        OnnxModelLoader.create(ModelPackage.open(file), SessionFactory.cpu().withProfile())
            .load(new ModelPlace(file), Loaded.layoutOf(file), 16)) {
      assertThat(loaded.status().providerShare()).isEmpty();
      assertThat(loaded.status().executionProvider()).isEqualTo("cpu");
    }
  }

  /** A job runs for longer than whoever tidies up leaves what is old. */
  @Test
  void aDirectoryThatIsGoneIsClosedAllTheSame() throws Exception {
    Set<Path> before = paths();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        SessionProfile profile = SessionProfile.enable(options)) {
      Set<Path> made = paths();
      made.removeAll(before);
      assertThat(made).hasSize(1);
      Files.delete(made.iterator().next());
      assertThatCode(profile::close).doesNotThrowAnyException();
    }
  }

  @Test
  void theDirectoryGoesWithTheMeasuringWhileTheModelRunsOn() throws IOException {
    Set<Path> before = paths();
    Path mlp = Path.of("src/test/resources/models/bench-mlp-30");
    ModelPackage model = ModelPackage.open(mlp);
    try (Model loaded =
        OnnxModelLoader.create(model, SessionFactory.cpu().withProfile())
            .load(new ModelPlace(mlp), Loaded.layoutOf(mlp), 16)) {
      assertThat(loaded.status().providerShare()).isPresent();
      assertThat(paths()).isEqualTo(before);
    }
  }

  /** What a session is made of goes with it, also where the model is refused after all. */
  @Test
  void leavesNothingBehind() throws IOException {
    long before = directories();
    Path file = Path.of("src/test/resources/models/runtime/one-row.onnx");
    OnnxModelLoader loader =
        OnnxModelLoader.create(ModelPackage.open(file), SessionFactory.cpu().withProfile());

    assertThatThrownBy(() -> loader.load(new ModelPlace(file), Loaded.layoutOf(file), 10))
        .isInstanceOf(IllegalStateException.class);
    measuresTheWarmUp();

    assertThat(directories()).isEqualTo(before);
  }

  @Test
  void aSessionWithoutAModelIsClosed() throws IOException {
    long before = directories();
    Path file = Path.of("src/test/resources/models/log-label.onnx");
    FeatureLayout layout = Loaded.layoutOf(file);
    OpenSession session = SessionFactory.cpu().withProfile().open(file, List.of());
    BatchSizes beyondBuffers = new BatchSizes(List.of(Integer.MAX_VALUE));

    assertThatThrownBy(() -> OnnxModel.open(session, layout, List.of(), beyondBuffers, 1))
        .isInstanceOfAny(RuntimeException.class, OutOfMemoryError.class);

    assertThat(directories()).isEqualTo(before);
  }

  private static long directories() throws IOException {
    return paths().size();
  }

  /** Those of this process: tests run in several. */
  private static Set<Path> paths() throws IOException {
    String name = "sluice-profile-%d-".formatted(ProcessHandle.current().pid());
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(name))
          .collect(Collectors.toCollection(HashSet::new));
    }
  }

  @Test
  void sumsUpByProvider() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("profile.json"),
            """
            [{"cat":"Session","name":"model_run","dur":99,"args":{}},
             {"cat":"Node","name":"a_kernel_time","dur":30,"ts":1,"args":{"op_name":"Gemm","shape":[{"x":[1]}],"provider":"CUDAExecutionProvider"}},
             {"cat":"Node","name":"a_kernel_time","dur":30,"args":{"provider":"CUDAExecutionProvider"}},
             {"cat":"Node","name":"b_kernel_time","dur":40,"args":{"provider":"CPUExecutionProvider"}},
             {"cat":"Node","name":"c_fence_before","dur":40,"args":{"op_name":"Relu"}}]
            """);

    ProviderShare share = SessionProfile.read(file);

    assertThat(share.parts())
        .extracting(ProviderShare.Part::provider, ProviderShare.Part::nodes)
        .containsExactly(tuple("CUDAExecutionProvider", 1), tuple("CPUExecutionProvider", 1));
    assertThat(share.parts().get(0).timeShare()).isCloseTo(0.6, within(1e-9));
    assertThat(share)
        .hasToString(
            "CUDAExecutionProvider 1 nodes (50 %, 60 % of time), CPUExecutionProvider 1 nodes (50 %, 40 % of time)");
  }
}
