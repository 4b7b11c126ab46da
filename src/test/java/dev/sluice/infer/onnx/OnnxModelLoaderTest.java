package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.sluice.config.Execution;
import dev.sluice.config.ExecutionMode;
import dev.sluice.config.ExecutionOptions;
import dev.sluice.config.ScoringOptions;
import dev.sluice.infer.Cancellation;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelPlace;
import dev.sluice.infer.OffHeapBudget;
import dev.sluice.infer.TestBatches;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.ModelPackageException;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OnnxModelLoaderTest {
  private static final Path MODELS = Path.of("src/test/resources/models");
  private static final Path LOG = MODELS.resolve("log-label.onnx");

  @Test
  void travelsToWorkers() throws Exception {
    OnnxModelLoader loader = loader(LOG, SessionFactory.cpu());
    OnnxModelLoader arrived = InstantiationUtil.clone(loader);

    try (Model model = arrived.load(place(LOG), Loaded.layoutOf(LOG), 10)) {
      assertThat(model).isNotNull();
    }
  }

  @Test
  void refusesAnotherModelThanAtSubmit() {
    OnnxModelLoader loader =
        new OnnxModelLoader("log", "", "00", SessionFactory.cpu(), ScoringOptions.defaults());

    assertThatThrownBy(() -> loader.load(place(LOG), Loaded.layoutOf(LOG), 10))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining("log-label.onnx has SHA-256 ")
        .hasMessageContaining(", expected 00 as at submit");
  }

  @Test
  void refusesRunsOfAnotherSizeThanTheModelFixes() {
    Path file = MODELS.resolve("fixed-batch.onnx");
    OnnxModelLoader loader =
        OnnxModelLoader.create(ModelPackage.open(file), SessionFactory.cpu(), Loaded.sizes(8));

    assertThatThrownBy(() -> loader.load(place(file), Loaded.layoutOf(file), 10))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageStartingWith("model fixed-batch fixes the batch dimension 4, but");
  }

  @Test
  void refusesAModelThatDoesNotAnswerARowPerRow() {
    Path file = MODELS.resolve("runtime/one-row.onnx");

    assertThatThrownBy(
            () -> loader(file, SessionFactory.cpu()).load(place(file), Loaded.layoutOf(file), 10))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("model output y has shape [1, 1], expected 10 rows as in the input");
  }

  @Test
  void refusesAModelThatTakesForEver() {
    Path file = MODELS.resolve("runtime/endless.onnx");
    OnnxModelLoader loader =
        loader(file, SessionFactory.cpu()).withProcessorWarmUp(Duration.ofMillis(400));

    assertThatThrownBy(() -> loader.load(place(file), Loaded.layoutOf(file), 10))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("model endless takes longer than 400 ms for 1 neutral rows");
  }

  @Test
  @Timeout(60)
  void aCancelledTaskEndsARunThatTakesForEver() throws Exception {
    Path file = MODELS.resolve("runtime/endless.onnx");
    Cancellation cancellation = new Cancellation();
    ModelPlace place =
        new ModelPlace(file, List.of(), OffHeapBudget.unlimited(), problem -> {}, cancellation);
    OnnxModelLoader loader = loader(file, SessionFactory.cpu());
    FutureTask<Model> loading =
        new FutureTask<>(() -> loader.load(place, Loaded.layoutOf(file), 10));
    new Thread(loading, "task").start();
    assertThatThrownBy(() -> loading.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);

    cancellation.close();

    assertThatThrownBy(loading::get).cause().isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> loader.load(place, Loaded.layoutOf(file), 10))
        .as("cancelled before it runs")
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void refusesLayoutsThatDoNotFit() {
    assertRefused(
        TestBatches.layout(TestBatches.input("z", ElementType.FLOAT, 1)),
        "features go to inputs [z], expected [x float[?,1]]");
    assertRefused(
        TestBatches.layout(TestBatches.input("x", ElementType.DOUBLE, 1)),
        "features give input x rows of DOUBLE[1], expected x float[?,1]");
    assertRefused(
        TestBatches.layout(TestBatches.input("x", ElementType.FLOAT, 2)),
        "features give input x rows of FLOAT[2], expected x float[?,1]");
    assertRefused(
        TestBatches.layout(TestBatches.input("x", ElementType.FLOAT)),
        "features give input x rows of FLOAT[], expected x float[?,1]");
  }

  @Test
  void requiredGpuThatIsNotThereIsNamed() {
    needsNoGpu();
    SessionFactory required =
        SessionFactory.of(ExecutionOptions.of(Execution.CUDA, ExecutionMode.REQUIRE));

    assertThatThrownBy(() -> loader(LOG, required).load(place(LOG), Loaded.layoutOf(LOG), 10))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("CUDA was required: tried for ")
        .hasMessageContaining("missing: libcublas.so.12")
        .hasMessageContaining("log-label.onnx");
  }

  @Test
  void preferredGpuThatIsNotThereFallsBack() {
    needsNoGpu();
    SessionFactory preferred =
        SessionFactory.of(ExecutionOptions.of(Execution.TENSORRT, ExecutionMode.PREFER));

    try (OpenSession session = preferred.open(LOG, List.of())) {
      assertThat(session.execution()).isEqualTo(Execution.CPU);
      assertThat(Devices.ofThisProcess().users(0)).isZero();
      assertThat(session.session().getNumOutputs()).isEqualTo(2);
    }
  }

  /** Both with the runtime for the CPU and, by {@code -Pgpu}, with the one for CUDA. */
  private static void needsNoGpu() {
    assumeFalse(Files.exists(Path.of("/dev/nvidia0")), "a GPU is here");
  }

  private static OnnxModelLoader loader(Path file, SessionFactory sessions) {
    return OnnxModelLoader.create(ModelPackage.open(file), sessions);
  }

  private static ModelPlace place(Path file) {
    return new ModelPlace(file);
  }

  private static void assertRefused(FeatureLayout layout, String message) {
    assertThatThrownBy(() -> loader(LOG, SessionFactory.cpu()).load(place(LOG), layout, 10))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining(message);
  }
}
