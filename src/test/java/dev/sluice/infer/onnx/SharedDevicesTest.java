package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.Execution;
import dev.sluice.config.ExecutionMode;
import dev.sluice.config.ExecutionOptions;
import dev.sluice.config.NanOutput;
import dev.sluice.config.OutputOptions;
import dev.sluice.infer.InferFunction;
import dev.sluice.infer.InferOperator;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelLoader;
import dev.sluice.infer.ModelLocation;
import dev.sluice.infer.ModelPlace;
import dev.sluice.infer.TestBatches;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.PredictionBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.runtime.externalresource.ExternalResourceInfoProvider;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Subtasks share the devices of Flink's external resource. */
class SharedDevicesTest {
  private static final FeatureLayout LAYOUT =
      TestBatches.layout(TestBatches.input("x", ElementType.DOUBLE, 1));
  private static final List<Integer> CLAIMED = new ArrayList<>();

  @Test
  void subtasksTakeTheLeastUsedAndGiveItBack() throws Exception {
    List<OneInputStreamOperatorTestHarness<FeatureBatch, PredictionBatch>> subtasks =
        new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      OneInputStreamOperatorTestHarness<FeatureBatch, PredictionBatch> subtask =
          subtask(new ClaimingLoader(), "9", "4");
      subtask.open();
      subtasks.add(subtask);
    }

    assertThat(CLAIMED).containsExactly(4, 9, 4, 9);
    assertThat(Devices.ofThisProcess().users(4)).isEqualTo(2);
    for (OneInputStreamOperatorTestHarness<FeatureBatch, PredictionBatch> subtask : subtasks) {
      subtask.close();
    }
    assertThat(Devices.ofThisProcess().users(4)).isZero();
    assertThat(Devices.ofThisProcess().users(9)).isZero();
  }

  @Test
  void deviceWithoutANumberIsNamed() throws Exception {
    OneInputStreamOperatorTestHarness<FeatureBatch, PredictionBatch> subtask =
        subtask(new ClaimingLoader(), "GPU-1f");

    assertThatThrownBy(subtask::open)
        .hasMessage(
            "external resource card has the property index \"GPU-1f\", expected the number of a GPU");
    subtask.close();
  }

  private static OneInputStreamOperatorTestHarness<FeatureBatch, PredictionBatch> subtask(
      ModelLoader loader, String... indexes) throws Exception {
    Map<String, Set<ExternalResourceInfo>> resources =
        Map.of("card", Arrays.stream(indexes).map(Card::new).collect(Collectors.toSet()));
    MockEnvironment environment =
        new MockEnvironmentBuilder().setExternalResourceInfoProvider(provider(resources)).build();
    ExecutionOptions cpu = ExecutionOptions.cpu();
    ExecutionOptions gpu =
        new ExecutionOptions(
            Execution.CUDA,
            ExecutionMode.REQUIRE,
            1,
            1,
            true,
            cpu.gpuMemoryLimit(),
            cpu.arenaExtendStrategy(),
            "card");
    InferFunction function =
        new InferFunction(
            loader,
            new ModelLocation(".", false, false),
            LAYOUT,
            1,
            gpu,
            NanOutput.FLAG,
            OutputOptions.NONE);
    return new OneInputStreamOperatorTestHarness<>(new InferOperator(function), environment);
  }

  private static ExternalResourceInfoProvider provider(
      Map<String, Set<ExternalResourceInfo>> resources) {
    return name -> resources.getOrDefault(name, Set.of());
  }

  /** Claims a device as a session does. */
  private static final class ClaimingLoader implements ModelLoader {
    private static final long serialVersionUID = 1L;

    @Override
    public Model load(ModelPlace place, FeatureLayout layout, int maxRows) {
      Devices.Claim claim = Devices.ofThisProcess().claim(place.devices());
      CLAIMED.add(claim.device());
      return new Model() {
        @Override
        public void score(FeatureBatch batch, int from, int to, PredictionBatch result) {}

        @Override
        public void close() {
          claim.close();
        }
      };
    }
  }

  private record Card(String index) implements ExternalResourceInfo {
    @Override
    public Optional<String> getProperty(String key) {
      return key.equals("index") ? Optional.of(index) : Optional.empty();
    }

    @Override
    public Collection<String> getKeys() {
      return List.of("index");
    }
  }
}
